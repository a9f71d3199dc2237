"""Premiers pas: each step is ticked by what is there, for who may take it; none after certificates."""

from datetime import date

import pytest
from sqlalchemy import update

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.premiers_pas import PremiersPas, premiers_pas
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.effacement import effacer_session
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.demandes import une_demande
from tests.support.factories import (
    Organisme,
    un_acteur,
    un_certificat,
    un_nom_commercial,
    un_organisme,
    une_entite,
    une_session,
)
from tests.support.statements import requetes

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    """Habilitated, but for its name, its logo and who signs."""
    organisme = un_organisme()
    with transaction():
        db.session.get_one(Entite, organisme.entite_id).nom_confirme = ""
    return organisme


def pas(acteur: Acteur) -> PremiersPas:
    db.session.rollback()
    lus = premiers_pas(acteur)
    assert lus is not None
    return lus


def signer(entite_id: int) -> None:
    with transaction():
        db.session.get_one(Entite, entite_id).signataire = "Jeanne Marose"


def test_une_entite_vide_a_tout_a_faire() -> None:
    with transaction():
        entite_id = une_entite(nom_confirme="").id
        gestionnaire = un_acteur(TypeRole.GESTIONNAIRE, entite_id)
        delegataire = un_acteur(TypeRole.DELEGATAIRE, entite_id, "Tessier")
    assert pas(gestionnaire).pas == [False] * 5
    assert premiers_pas(delegataire) is None, "nothing that a délégataire could do"


def test_chacun_se_coche_par_ce_qui_est_la(organisme: Organisme) -> None:
    """Whatever the order in which they are done."""
    gestionnaire = organisme.gestionnaire
    assert pas(gestionnaire).pas == [False, False, True, False, False]
    numero = saisie.creer(gestionnaire, "p" * 43)
    assert pas(gestionnaire).brouillon == numero
    une_session(organisme, Etat.SAISIE)
    assert pas(gestionnaire).pas == [False, False, True, True, False]
    une_session(organisme, Etat.VALIDATION_FORMATEUR)
    assert pas(gestionnaire).pas == [False, False, True, True, True]
    signer(organisme.entite_id)
    assert pas(gestionnaire).signature is False, "the logo is missing"
    un_nom_commercial(organisme.entite_id)  # gives the entité a logo
    assert pas(gestionnaire).pas == [False, True, True, True, True]
    with transaction():
        db.session.get_one(Entite, organisme.entite_id).nom_confirme = "MAROSE FORMATION"
    assert premiers_pas(gestionnaire) is None


def test_ce_qui_se_defait_se_decoche(organisme: Organisme) -> None:
    numero = une_session(organisme, Etat.SAISIE)
    assert pas(organisme.gestionnaire).formateur
    with transaction():
        db.session.execute(update(Habilitation).values(fin=date(2020, 2, 1)))
        db.session.delete(db.session.get_one(SessionCertification, numero))
    assert pas(organisme.gestionnaire).pas == [False] * 5


def test_les_demandes_ouvertes_sont_dites(organisme: Organisme) -> None:
    administrateur = un_acteur(TypeRole.ADMINISTRATEUR)
    niveau_id = un_certificat("PRAP-1", "PRAP").niveau_id
    demande_id = une_demande(organisme.gestionnaire, niveau_id, EtatDemande.BROUILLON, administrateur)
    assert pas(organisme.gestionnaire).demande_id is None, "it has an habilitation already"
    with transaction():
        db.session.execute(update(Habilitation).values(fin=date(2020, 2, 1)))
    assert pas(organisme.gestionnaire).demande_id == demande_id


def test_un_delegataire_a_les_siens(chaque_base: str, organisme: Organisme) -> None:
    """R9: by the sessions that they see."""
    assert pas(organisme.delegataire).pas == [False, False]
    une_session(organisme, Etat.VALIDATION_FORMATEUR)
    assert pas(organisme.delegataire).pas == [False, False]
    une_session(organisme, Etat.VALIDATION_FORMATEUR, declarant=organisme.delegataire)
    assert premiers_pas(organisme.delegataire) is None


def test_une_session_close_compte_encore(organisme: Organisme) -> None:
    numero = une_session(organisme, reussites=0, echecs=2)
    with transaction():
        effacer_session(db.session.get_one(SessionCertification, numero), avec_bilan=True)
    assert pas(organisme.gestionnaire).pas[3:] == [True, True]


def test_des_certificats_delivres_il_n_est_plus_temps(organisme: Organisme) -> None:
    """In one statement: it is the case of every entité but once."""
    une_session(organisme, Etat.GENERE)
    with requetes() as lues:
        assert premiers_pas(organisme.gestionnaire) is None
    assert len([ordre for ordre in lues if ordre.startswith("SELECT")]) == 1


def test_ni_formateur_ni_administrateur(organisme: Organisme) -> None:
    for acteur in (organisme.formateur, un_acteur(TypeRole.ADMINISTRATEUR)):
        assert premiers_pas(acteur) is None
