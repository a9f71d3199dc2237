"""Two training organisations with their habilitations and a platform."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from certif.domaine.entites import logos
from certif.domaine.entites.noms_pris import prendre
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.referentiel.modeles import Dispositif, Habilitation, Niveau, Plateforme, Suspension
from certif.domaine.temps import ajouter_mois
from certif.socle.base.extensions import db

MAROSE = "MAROSE FORMATION"
GUY = "FORMATION GUY"
LOGOS = Path(__file__).parent / "logos"


def niveau_de(code: str) -> Niveau:
    """The first niveau of a dispositif, by its code."""
    return db.session.scalars(select(Niveau).join(Dispositif).where(Dispositif.code == code)).one()


def creer_organisations(jour: date) -> dict[str, Entite]:
    """The organisations by name, their habilitations counted from `jour`."""
    marose = Entite(
        raison_sociale=MAROSE,
        nom_confirme=MAROSE,
        siret="12345678200010",
        email="contact@marose.example",
        telephone="04 75 60 00 00",
        adresse="12 rue du Moulin",
        code_postal="26800",
        ville="ETOILE SUR RHONE",
        signataire="Romain MAROSE",
        signataire_qualite="Directeur",
        logo_sha256=_logo("marose"),
        logo_porte_le_nom=True,
        noms_commerciaux=[NomCommercial(libelle="MAROSE SÉCURITÉ")],
    )
    guy = Entite(
        raison_sociale=GUY,
        siret="98765432400019",
        email="contact@guy.example",
        telephone="04 72 00 00 00",
        adresse="3 place de la Gare",
        code_postal="69007",
        ville="LYON",
        signataire="Karine PARIS",
        signataire_qualite="Responsable de la formation",
        logo_sha256=_logo("guy"),
        logo_porte_le_nom=True,
    )
    db.session.add_all([marose, guy])
    for entite in (marose, guy):
        prendre(entite, {})

    depuis, jusqu_au = ajouter_mois(jour, -18), ajouter_mois(jour, 24)
    bientot = ajouter_mois(jour, 1)
    passee = jour - timedelta(days=20)
    amiante = niveau_de("Amiante sous-section 4")
    db.session.add_all(
        [
            _habilitation(marose, "SST", "H-1001", depuis, jusqu_au),
            _habilitation(marose, "PRAP IBC", "H-1002", depuis, bientot),
            _habilitation(marose, amiante.dispositif.code, "H-1003", depuis, jusqu_au),
            _habilitation(marose, "CATEC", "H-1004", ajouter_mois(jour, -36), passee),
            _habilitation(guy, "SST", "H-2001", depuis, jusqu_au),
            _habilitation(guy, "PRAP 2S", "H-2002", depuis, jusqu_au, suspendue_depuis=passee),
            Plateforme(
                entite_id=marose.id,
                dispositif_id=amiante.dispositif_id,
                code_postal="26800",
                ville="ETOILE SUR RHONE",
                debut=depuis,
            ),
        ]
    )
    return {MAROSE: marose, GUY: guy}


def _logo(nom: str) -> str:
    return logos.conserver((LOGOS / f"{nom}.png").read_bytes())


def _habilitation(
    entite: Entite, code: str, numero: str, debut: date, fin: date, suspendue_depuis: date | None = None
) -> Habilitation:
    suspensions = [Suspension(debut=suspendue_depuis)] if suspendue_depuis else []
    return Habilitation(
        entite=entite, niveau=niveau_de(code), numero=numero, debut=debut, fin=fin, suspensions=suspensions
    )
