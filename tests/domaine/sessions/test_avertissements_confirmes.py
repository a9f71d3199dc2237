"""R12: a warning answered « C'est exact » stays answered, for what it judged and nothing else."""

import pytest
from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable, VersionPerimee
from certif.domaine.referentiel.modeles import Niveau
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    confirmer,
    modifier_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.declaration.avertissements import avertissement_semblable, avertissements
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles_annexes import AvertissementConfirme
from certif.domaine.sessions.regles.doutes import Sorte
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_stagiaire, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, lignes, lire

pytestmark = pytest.mark.usefixtures("chaque_base")


def marques(acteur: Acteur, numero: int) -> dict[Sorte, str]:
    return {a.sorte: a.marque for a in avertissements(lire(numero), acteur)}


def repondre(acteur: Acteur, numero: int, sorte: Sorte) -> None:
    confirmer(acteur, numero, version(numero), marques(acteur, numero)[sorte])


@pytest.fixture(autouse=True)
def _groupe_de_4_a_10(troupe: Troupe) -> None:
    with transaction():
        niveau = db.session.get_one(Niveau, troupe.marose.niveau_id)
        niveau.dispositif.groupe_min, niveau.dispositif.groupe_max = 4, 10


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """DUPONT Marie and MARIE Dupont, and somebody with a civility; a group of three."""
    inscrits = [un_stagiaire("Dupont", "Marie"), un_stagiaire("Marie", "Dupont"), un_stagiaire("M. Roux")]
    return une_session(troupe.marose, Etat.SAISIE, stagiaires=inscrits)


def test_ce_qui_est_repondu_n_est_plus_demande_et_le_reste_si(troupe: Troupe, numero: int) -> None:
    g = troupe.gestionnaire
    assert set(marques(g, numero)) == {Sorte.GROUPE, Sorte.INVERSION, Sorte.CIVILITE}
    repondre(g, numero, Sorte.INVERSION)
    assert set(marques(g, numero)) == {Sorte.GROUPE, Sorte.CIVILITE}
    repondre(g, numero, Sorte.GROUPE)
    repondre(g, numero, Sorte.CIVILITE)
    assert marques(g, numero) == {}
    assert {ligne.detail for ligne in lignes(numero)} == {"un avertissement confirmé"}


def test_la_reponse_tient_apres_un_retour_en_saisie(troupe: Troupe, numero: int) -> None:
    repondre(troupe.gestionnaire, numero, Sorte.CIVILITE)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    assert Sorte.CIVILITE not in marques(troupe.gestionnaire, numero)


def test_un_nom_change_est_redemande_puis_non_une_fois_remis(troupe: Troupe, numero: int) -> None:
    g = troupe.gestionnaire
    repondre(g, numero, Sorte.CIVILITE)
    qui = lire(numero).stagiaires_saisis[2].id
    for nom, demande in (("M. Rousse", True), ("M. Roux", False)):
        modifier_stagiaire(g, numero, version(numero), qui, IdentiteSaisie(nom, "Hélène", "14/02/1991"))
        assert (Sorte.CIVILITE in marques(g, numero)) is demande


def test_la_reponse_revient_avec_le_stagiaire_retabli(troupe: Troupe, numero: int) -> None:
    g = troupe.gestionnaire
    repondre(g, numero, Sorte.CIVILITE)
    retire = retirer_stagiaire(g, numero, version(numero), lire(numero).stagiaires_saisis[2].id)
    assert retire is not None
    ajouter_stagiaire(g, numero, version(numero), retire)
    assert Sorte.CIVILITE not in marques(g, numero)


def test_un_stagiaire_de_plus_redemande_la_taille_du_groupe(troupe: Troupe) -> None:
    g = troupe.gestionnaire
    numero = une_session(troupe.marose, Etat.SAISIE, reussites=2)
    repondre(g, numero, Sorte.GROUPE)
    ajouter_stagiaire(g, numero, version(numero), IdentiteSaisie("Morel", "Anaïs", "30/06/2001"))
    assert set(marques(g, numero)) == {Sorte.GROUPE}


def test_la_session_semblable_une_fois_vue(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
    une_session(troupe.marose, declarant=troupe.delegataire)
    repondre(troupe.delegataire, numero, Sorte.SEMBLABLE)
    assert avertissement_semblable(lire(numero), troupe.delegataire) is None
    une_session(troupe.marose)  # which the délégataire does not see
    assert avertissement_semblable(lire(numero), troupe.delegataire) is None
    assert avertissement_semblable(lire(numero), troupe.gestionnaire) is not None


def test_deux_fois_le_meme_clic(troupe: Troupe, numero: int) -> None:
    vue, marque = version(numero), marques(troupe.gestionnaire, numero)[Sorte.CIVILITE]
    confirmer(troupe.gestionnaire, numero, vue, marque)
    avant = empreinte_de_la_base()
    confirmer(troupe.gestionnaire, numero, vue, marque)
    assert empreinte_de_la_base() == avant


def test_ce_qui_ne_peut_pas_etre_confirme(troupe: Troupe, numero: int) -> None:
    g, marque = troupe.gestionnaire, marques(troupe.gestionnaire, numero)[Sorte.CIVILITE]
    avant = empreinte_de_la_base()
    for forgee in ("", "0" * 64, "é" * 3000):
        with pytest.raises(Introuvable):
            confirmer(g, numero, version(numero), forgee)
    with pytest.raises(VersionPerimee):
        confirmer(g, numero, version(numero) - 1, marque)
    for intrus in (troupe.etranger, troupe.formateur, troupe.delegataire):
        with pytest.raises(Introuvable):
            confirmer(intrus, numero, version(numero), marque)
    assert empreinte_de_la_base() == avant
    agir(Action.SOUMETTRE_AU_FORMATEUR, g, numero)
    with pytest.raises(ActionImpossible):
        confirmer(g, numero, version(numero), marque)


def test_les_reponses_s_effacent_avec_la_session(troupe: Troupe, numero: int) -> None:
    repondre(troupe.gestionnaire, numero, Sorte.CIVILITE)
    assert db.session.scalars(select(AvertissementConfirme)).all()
    agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
    assert db.session.scalars(select(AvertissementConfirme)).all() == []
