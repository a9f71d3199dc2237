"""R6: what a generation needs, and what it freezes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats import obstacles
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission, LigneRegistre, StatutRegistre
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.registre import empreintes
from certif.domaine.certificats.registre.deja_delivres import deja_delivres
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, ServiceIndisponible, VersionPerimee
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Stagiaire
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.socle.stockage import StockageIndisponible, StockagePlein
from tests.support import invariants
from tests.support.factories import (
    Organisme,
    un_acteur,
    un_nom_commercial,
    un_organisme,
    un_stagiaire,
    une_habilitation,
    une_session,
    version,
)
from tests.support.moves import etat

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


def generer(organisme: Organisme, numero: int) -> None:
    demander_generation(organisme.gestionnaire, numero, version(numero))


def emis(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    return list(db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)))


def rien_n_a_change(numero: int) -> bool:
    return etat(numero) is Etat.VALIDATION_ENTITE and not emis(numero) and not registre(numero)


def registre(numero: int) -> list[LigneRegistre]:
    return list(db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero)))


def test_une_ligne_gelee_par_reussite_aucune_par_echec(organisme: Organisme) -> None:
    numero = une_session(organisme, reussites=2, echecs=1)
    generer(organisme, numero)
    assert etat(numero) is Etat.GENERATION
    certificats = emis(numero)
    assert len(certificats) == 2
    assert {c.stagiaire.resultat for c in certificats} == {Resultat.REUSSITE}
    assert {c.etat for c in certificats} == {EtatEmission.A_PRODUIRE}
    assert {r.numero for r in registre(numero)} == {c.numero for c in certificats}
    assert {r.statut for r in registre(numero)} == {StatutRegistre.RESERVE}
    gele = certificats[0].donnees
    assert gele["entite"] == "MAROSE FORMATION"
    assert gele["nom"] == "D’ALMEIDA" and gele["prenom"] == "João"
    assert gele["numero"].replace("-", "") == certificats[0].numero
    assert gele["lieu"] == "26800 ETOILE SUR RHONE" and gele["identification"] == "Stage initial"


def test_toute_la_generation_tient_les_invariants(organisme: Organisme, config: Config) -> None:
    numero = une_session(organisme, Etat.GENERE, reussites=27, echecs=2)
    invariants.verifier(config)
    assert {r.statut for r in registre(numero)} == {StatutRegistre.DELIVRE}
    sujet = db.session.scalars(select(Courrier.sujet)).one()
    dernier = (aujourd_hui() + timedelta(days=15)).strftime("%d/%m/%Y")
    assert sujet == (f"Session n°{numero}\u00a0: 27\u00a0certificats à télécharger jusqu’au {dernier} inclus")


@pytest.mark.parametrize(
    ("instant", "accepte"), [("2026-06-09T21:59:50+00:00", False), ("2026-06-09T22:00:00+00:00", True)]
)
def test_a_partir_de_minuit_a_paris(
    organisme: Organisme, horloge_a: Callable[[str], None], instant: str, accepte: bool
) -> None:
    numero = une_session(organisme, date_fin=date(2026, 6, 10))
    horloge_a(instant)
    if accepte:
        generer(organisme, numero)
        assert etat(numero) is Etat.GENERATION
    else:
        with pytest.raises(Refus, match="à partir du 10/06/2026"):
            generer(organisme, numero)
        assert rien_n_a_change(numero)


def test_un_retrait_retroactif_bloque(organisme: Organisme) -> None:
    numero = une_session(organisme)
    habilitation = db.session.get_one(Habilitation, organisme.habilitation_id)
    habilitation.retrait_le = aujourd_hui() - timedelta(days=10)
    db.session.commit()
    with pytest.raises(Refus, match="Aucune habilitation"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_une_qualification_perdue_bloque(organisme: Organisme) -> None:
    numero = une_session(organisme)
    qualification = db.session.scalars(select(Qualification)).one()
    qualification.fin = aujourd_hui() - timedelta(days=1)
    db.session.commit()
    with pytest.raises(Refus, match="a pris fin"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_fige_l_habilitation_qui_finit_la_derniere(organisme: Organisme) -> None:
    longue = une_habilitation(organisme.entite_id, organisme.niveau_id, fin=date(2045, 1, 1)).id
    numero = une_session(organisme)
    generer(organisme, numero)
    assert {r.habilitation_id for r in registre(numero)} == {longue}


def test_sans_reussite_refuse(organisme: Organisme) -> None:
    numero = une_session(organisme, reussites=0, echecs=2)
    with pytest.raises(Refus, match="Aucun stagiaire n’est en réussite"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_un_nom_non_imprimable_est_nomme(organisme: Organisme) -> None:
    numero = une_session(organisme, stagiaires=[un_stagiaire("王", "Wei", resultat=Resultat.REUSSITE)])
    with pytest.raises(Refus, match="王 Wei"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_un_nom_commercial_non_imprimable_est_dit(organisme: Organisme) -> None:
    nom_id = un_nom_commercial(organisme.entite_id, "李小龍")
    numero = une_session(organisme, nom_commercial_id=nom_id)
    with pytest.raises(Refus, match="Le nom commercial contient un caractère"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_une_raison_sociale_non_imprimable_est_dite() -> None:
    organisme = un_organisme("FORMATION \U0001f600")
    numero = une_session(organisme)
    with pytest.raises(Refus, match="raison sociale"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_le_stockage_en_panne_refuse_sans_rien_changer(
    organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    numero = une_session(organisme)
    for refus, dit in ((StockageIndisponible(), "ne répond pas"), (StockagePlein(), "assez d’espace")):
        monkeypatch.setattr(stockage, "eprouver", Mock(side_effect=refus))
        with pytest.raises(ServiceIndisponible, match=dit):
            generer(organisme, numero)
    monkeypatch.setattr(stockage, "eprouver", lambda: None)
    monkeypatch.setattr(stockage, "espace_libre", lambda: 1_000_000)
    with pytest.raises(ServiceIndisponible, match="assez d’espace"):
        generer(organisme, numero)
    assert rien_n_a_change(numero)


def test_un_doublon_est_refuse_en_nommant_le_stagiaire(organisme: Organisme) -> None:
    meme: dict[str, Any] = {"nom": "DUPONT-DURAND", "prenom": "Éloïse", "resultat": Resultat.REUSSITE}
    une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(**meme)])
    seconde = une_session(
        organisme, stagiaires=[un_stagiaire("Dupont Durand", "ELOISE", resultat=Resultat.REUSSITE)]
    )
    jour = aujourd_hui().strftime("%d/%m/%Y")
    with pytest.raises(Refus) as refus:
        generer(organisme, seconde)
    assert refus.value.message == (
        f"DUPONT DURAND ELOISE\u00a0: Un certificat SST-1 au {jour} a déjà été délivré à ce stagiaire "
        "par votre entité. Aucun duplicata ne peut être délivré."
    )
    assert rien_n_a_change(seconde)


@pytest.mark.parametrize("difference", ["date_fin", "naissance", "entite"])
def test_ce_qui_n_est_pas_un_doublon(organisme: Organisme, difference: str) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    naissance = date(1991, 2, 15) if difference == "naissance" else date(1991, 2, 14)
    date_fin = aujourd_hui() - timedelta(days=1) if difference == "date_fin" else aujourd_hui()
    autre = un_organisme("FORMATION GUY") if difference == "entite" else organisme
    numero = une_session(
        autre,
        stagiaires=[un_stagiaire(date_naissance=naissance, resultat=Resultat.REUSSITE)],
        date_fin=date_fin,
    )
    generer(autre, numero)
    assert etat(numero) is Etat.GENERATION


def test_un_doublon_est_reconnu_sous_une_ancienne_cle(organisme: Organisme, config: Config) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    seconde = une_session(organisme, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    empreintes.regler((("nouvelle", b"n" * 32), *config.cles_registre))
    try:
        with pytest.raises(Refus, match="déjà été délivré"):
            generer(organisme, seconde)
    finally:
        empreintes.regler(config.cles_registre)


def test_apres_annulation_le_meme_certificat_est_accepte(organisme: Organisme) -> None:
    premiere = une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    ligne = registre(premiere)[0]
    ligne.statut, ligne.annule_le = StatutRegistre.ANNULE, aujourd_hui()
    db.session.commit()
    seconde = une_session(organisme, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    generer(organisme, seconde)
    assert etat(seconde) is Etat.GENERATION


def test_la_course_perdue_sur_l_index_devient_le_refus(
    organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other generation commits after our check: the index stops us, and the second look says whom."""
    une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    seconde = une_session(organisme, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    appels: list[int] = []

    def aveugle_une_fois(*arguments: Any) -> list[Stagiaire]:
        appels.append(1)
        return deja_delivres(*arguments) if len(appels) > 1 else []

    monkeypatch.setattr(obstacles, "deja_delivres", aveugle_une_fois)
    with pytest.raises(Refus, match="LEFÈVRE Hélène"):
        generer(organisme, seconde)
    assert len(appels) == 2 and rien_n_a_change(seconde)


def test_generer_de_nouveau_reussit_et_ne_fait_rien(organisme: Organisme) -> None:
    numero = une_session(organisme)
    premiere = version(numero)
    generer(organisme, numero)
    for posee in (premiere, premiere + 1, premiere - 1, 999):
        demander_generation(organisme.gestionnaire, numero, posee)
    produire(numero)
    demander_generation(organisme.gestionnaire, numero, premiere)
    assert len(emis(numero)) == 2
    lignes = db.session.scalars(select(Evenement).filter_by(session_numero=numero, action=Action.GENERER))
    assert len(lignes.all()) == 1


def test_qui_peut_generer(organisme: Organisme) -> None:
    numero = une_session(organisme, declarant=organisme.delegataire)
    autre = un_acteur(TypeRole.DELEGATAIRE, organisme.entite_id, "Vasseur", "Hugo")
    etranger = un_organisme("FORMATION GUY").gestionnaire
    for intrus in (autre, etranger, organisme.formateur):
        with pytest.raises(Introuvable):
            demander_generation(intrus, numero, version(numero))
    assert rien_n_a_change(numero)
    demander_generation(organisme.delegataire, numero, version(numero))
    assert etat(numero) is Etat.GENERATION


def test_une_version_perimee_ou_un_autre_etat_est_refuse(organisme: Organisme) -> None:
    numero = une_session(organisme)
    with pytest.raises(VersionPerimee):
        demander_generation(organisme.gestionnaire, numero, version(numero) - 1)
    brouillon = une_session(organisme, Etat.SAISIE)
    with pytest.raises(ActionImpossible):
        generer(organisme, brouillon)


def test_ce_qui_change_apres_le_clic_ne_change_pas_le_certificat(organisme: Organisme) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=1)
    session_certif = db.session.get_one(SessionCertification, numero)
    session_certif.stagiaires[0].nom = "Autre"
    session_certif.entite.raison_sociale = "AUTRE"
    db.session.get_one(Habilitation, organisme.habilitation_id).retrait_le = date(2020, 1, 2)
    db.session.commit()
    produire(numero)
    contenu = stockage.lire(emis(numero)[0].cle_objet or "")
    assert etat(numero) is Etat.GENERE
    assert b"MAROSE FORMATION" in contenu and b"AUTRE" not in contenu
