"""One session in every stable state, made by the very actions that users run."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from certif.demo.organisations import niveau_de
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions import designation, resultats, saisie, soumission, stagiaires
from certif.domaine.sessions.actions.designation import RechercheSaisie
from certif.domaine.sessions.actions.resultats import Reponse
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes.actions import garder
from certif.domaine.sessions.valeurs import Resultat
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db

_GROUPE = (
    ("Bernard", "Chloé", "14/02/1991"),
    ("Petit-Roux", "Mehdi", "03/09/1986"),
    ("Nguyễn", "Thị Hồng", "27/11/1994"),
    ("D’Almeida", "João", "08/05/1979"),
    ("Łukasik", "Zofia", "19/12/1998"),
    ("Morel", "Anaïs", "30/06/2001"),
)
_LYON = {"lieu_type": "france", "code_postal": "69007", "ville": "LYON"}


def creer_sessions(jour: date) -> None:
    """Sessions of both organisations around `jour`, from a draft to certificates on their way."""
    romain = acteur("ROM20001", TypeRole.GESTIONNAIRE)
    camille = acteur("DEL20002", TypeRole.DELEGATAIRE)
    karine = acteur("KAR20004", TypeRole.GESTIONNAIRE)
    stephanie = acteur("STE10001", TypeRole.FORMATEUR)
    deux = acteur("DUO10002", TypeRole.FORMATEUR)
    hier, avant_hier = jour - timedelta(days=1), jour - timedelta(days=2)

    convention = _remplir(
        romain, "SST", "SST-1", jour + timedelta(days=12), _LYON, _GROUPE[:3], reference="Convention 2026-118"
    )
    garder(romain, convention, "Usine de Lyon", jour + timedelta(days=700))
    _remplir(camille, "SST", "SST-1", jour + timedelta(days=5), _LYON, _GROUPE[3:5])

    _soumettre(karine, _remplir(karine, "SST", "SST-1", hier, _LYON, _GROUPE[:4], "STE10001"))

    a_generer = _remplir(romain, "SST", "SST-1", avant_hier, _LYON, _GROUPE[:5], "DUO10002")
    _soumettre(romain, a_generer)
    _envoyer(deux, a_generer, echecs=1)

    renvoyee = _remplir(romain, "SST", "SST-1", hier, _LYON, _GROUPE[2:], "STE10001", "maj")
    _soumettre(romain, renvoyee)
    resultats.renvoyer_avec_commentaire(
        stephanie,
        renvoyee,
        _version(renvoyee),
        "La date de fin est celle du lendemain : merci de la corriger.",
    )

    plateforme = {"lieu_type": "plateforme"}
    operateur = "Amiante s/s4-1 Opérateur de chantier"
    amiante = _remplir(
        romain, "Amiante sous-section 4", operateur, avant_hier, plateforme, _GROUPE[:3], "STE10001"
    )
    _soumettre(romain, amiante)
    _envoyer(stephanie, amiante)
    demander_generation(romain, amiante, _version(amiante))

    _soumettre(romain, _remplir(romain, "SST", "SST-1", jour, _LYON, _GROUPE[1:], "DUO10002"))


def _remplir(
    acteur: Acteur,
    dispositif: str,
    certificat: str,
    date_fin: date,
    lieu: dict[str, str],
    groupe: Iterable[tuple[str, str, str]],
    formateur_numero: str = "",
    identification: str = "initial",
    reference: str = "",
) -> int:
    """Open a session and fill it; its number."""
    numero = saisie.creer(acteur, secrets.token_urlsafe(32))
    niveau = niveau_de(dispositif)
    champs = {
        "niveau_id": str(niveau.id),
        "certificat_id": str(next(c.id for c in niveau.certificats if c.libelle == certificat)),
        "identification": identification,
        "date_fin": format_date(date_fin),
        "reference_interne": reference,
        **lieu,
    }
    saisie.enregistrer(acteur, numero, _version(numero), champs)
    if formateur_numero:
        recherche = RechercheSaisie(numero=formateur_numero)
        designation.verifier_et_declarer(acteur, numero, _version(numero), recherche)
    for nom, prenom, naissance in groupe:
        stagiaires.ajouter_stagiaire(acteur, numero, _version(numero), IdentiteSaisie(nom, prenom, naissance))
    return numero


def _soumettre(acteur: Acteur, numero: int) -> None:
    soumission.soumettre_au_formateur(acteur, numero, _version(numero))


def _envoyer(acteur: Acteur, numero: int, echecs: int = 0) -> None:
    """Send results: everyone succeeds but the last ones."""
    inscrits = db.session.get_one(SessionCertification, numero).stagiaires
    limite = len(inscrits) - echecs
    reponses = {
        stagiaire.id: Reponse(Resultat.REUSSITE if rang < limite else Resultat.ECHEC)
        for rang, stagiaire in enumerate(inscrits)
    }
    resultats.envoyer_resultats(acteur, numero, _version(numero), reponses)


def _version(numero: int) -> int:
    return db.session.get_one(SessionCertification, numero).version


def acteur(numero_forprev: str, role: TypeRole) -> Acteur:
    """This person in this role."""
    individu = db.session.scalars(select(Individu).filter_by(numero=numero_forprev)).one()
    entite_id = next(r.entite_id for r in individu.roles if r.type is role)
    return Acteur(individu.id, role, entite_id)
