"""*Créer une session semblable*: for the same client, only dates and trainees are left to change."""

from datetime import date

import pytest

from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.chronologie import chronologie
from certif.domaine.sessions.droits.conditions import empechements
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Identification, TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import une_session
from tests.support.moves import Troupe, declarer, lignes, lire

JETON = "s" * 43
REPRIS = (
    "niveau_id",
    "certificat_id",
    "lieu_type",
    "code_postal",
    "ville",
    "pays",
    "plateforme_id",
    "identification",
    "formateur_id",
    "reference_interne",
)


def combien() -> int:
    db.session.rollback()
    return db.session.query(SessionCertification).count()


@pytest.mark.parametrize("etat", list(Etat))
def test_tout_est_repris_sauf_la_date_et_les_stagiaires(troupe: Troupe, etat: Etat) -> None:
    modele = une_session(
        troupe.marose,
        etat,
        lieu_type=TypeLieu.ETRANGER,
        code_postal=None,
        ville="Namur",
        pays="BE",
        identification=Identification.MAJ,
        reference_interne="Convention 118",
        declarant=troupe.delegataire,
    )
    numero = saisie.creer_semblable(troupe.gestionnaire, modele, JETON)
    nouvelle, ancienne = lire(numero), lire(modele)
    assert {c: getattr(nouvelle, c) for c in REPRIS} == {c: getattr(ancienne, c) for c in REPRIS}
    assert nouvelle.date_fin is None and not nouvelle.stagiaires
    assert (nouvelle.etat, nouvelle.version) == (Etat.SAISIE, 1)
    assert nouvelle.declarant_id == troupe.gestionnaire.individu_id
    assert nouvelle.soumise_le is None and nouvelle.premiere_soumission_le is None


def test_la_verification_est_a_relancer(troupe: Troupe) -> None:
    """R4: the verdict was given for another session."""
    numero = saisie.creer_semblable(troupe.gestionnaire, une_session(troupe.marose), JETON)
    assert empechements(lire(numero))["formateur_id"] == (
        "Vérification à relancer\u00a0: elle n’a pas encore abouti pour cette session."
    )
    saisie.enregistrer(troupe.gestionnaire, numero, 1, {"date_fin": "10/06/2026"})
    declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
    assert set(empechements(lire(numero))) == {"stagiaires"}


def test_sans_formateur_il_n_y_a_rien_a_verifier(troupe: Troupe) -> None:
    modele = une_session(troupe.marose, Etat.SAISIE, formateur_id=None)
    numero = saisie.creer_semblable(troupe.gestionnaire, modele, JETON)
    assert lire(numero).verification_a_relancer is None


def test_un_certificat_archive_n_est_pas_repris(troupe: Troupe) -> None:
    modele = une_session(troupe.marose)
    with transaction():
        db.session.get_one(Certificat, troupe.marose.certificat_id).archive_le = date(2026, 6, 1)
    assert lire(saisie.creer_semblable(troupe.gestionnaire, modele, JETON)).certificat_id is None


def test_l_ouverture_laisse_sa_ligne(troupe: Troupe) -> None:
    numero = saisie.creer_semblable(troupe.gestionnaire, une_session(troupe.marose), JETON)
    (ligne,) = lignes(numero)
    assert (ligne.action, ligne.acteur_id) == (Action.CREER.value, troupe.gestionnaire.individu_id)
    assert [ligne.texte for ligne in chronologie(numero)] == [
        "PARIS Karine a ouvert la session, semblable à une autre"
    ]


def test_le_meme_jeton_rend_la_meme_session(troupe: Troupe) -> None:
    modele = une_session(troupe.marose)
    numero = saisie.creer_semblable(troupe.gestionnaire, modele, JETON)
    assert saisie.creer_semblable(troupe.gestionnaire, modele, JETON) == numero
    assert combien() == 2 and len(lignes(numero)) == 1


def test_on_ne_copie_que_ce_que_l_on_voit(troupe: Troupe) -> None:
    """R9, also for who may open sessions of their own."""
    modele = une_session(troupe.marose, declarant=troupe.delegataire)
    for acteur in (troupe.collegue, troupe.etranger, troupe.formateur, troupe.administrateur):
        with pytest.raises(Introuvable):
            saisie.creer_semblable(acteur, modele, JETON)
    assert combien() == 1
    saisie.creer_semblable(troupe.delegataire, modele, JETON)


def test_une_entite_suspendue_n_ouvre_rien(troupe: Troupe) -> None:
    modele = une_session(troupe.marose)
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = date(2026, 6, 1)
    with pytest.raises(ActionImpossible, match="est suspendue"):
        saisie.creer_semblable(troupe.gestionnaire, modele, JETON)
