"""R9, R17: what one may not see does not exist; a suspended entité only reads."""

from datetime import date
from typing import Any

import pytest

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Action, Etat, mouvement
from certif.domaine.sessions.listes import Filtres, Liste, compter, lister
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.presentation import actions_possibles
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import une_session
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import GESTES, Troupe, agir, declarer, etat, lire, porter_a

pytestmark = pytest.mark.usefixtures("chaque_base")


def ouvrable(acteur: Acteur, numero: int) -> bool:
    db.session.rollback()
    try:
        charger(acteur, numero)
    except Introuvable:
        return False
    return True


def listee(acteur: Acteur, numero: int, **filtres: Any) -> bool:
    db.session.rollback()
    pages = [lister(acteur, Filtres(liste=liste, **filtres), aujourd_hui()) for liste in Liste]
    comptes = compter(acteur, aujourd_hui())
    if not filtres:
        assert [page.total for page in pages] == [comptes.a_traiter, comptes.en_cours]
    return any(numero == s.numero for page in pages for s in page.lignes)


def voient(troupe: Troupe, numero: int) -> dict[str, bool]:
    acteurs = (
        "gestionnaire",
        "delegataire",
        "collegue",
        "etranger",
        "formateur",
        "remplacant",
        "administrateur",
    )
    return {nom: ouvrable(getattr(troupe, nom), numero) for nom in acteurs}


def test_cas_15_chacun_ne_voit_que_les_siennes(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
    assert voient(troupe, numero) == {
        "gestionnaire": True,
        "delegataire": True,
        "collegue": False,
        "etranger": False,
        "formateur": False,
        "remplacant": False,
        "administrateur": False,
    }
    assert not listee(troupe.collegue, numero) and not listee(troupe.etranger, numero)
    assert listee(troupe.gestionnaire, numero) and listee(troupe.delegataire, numero)


def test_la_delegation_ne_suit_pas_dans_une_autre_entite(troupe: Troupe) -> None:
    """The same person, délégataire of two entités, sees in each what they declared there."""
    numero = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
    chez_guy = Acteur(troupe.delegataire.individu_id, troupe.delegataire.role, troupe.guy.entite_id)
    assert not ouvrable(chez_guy, numero) and not listee(chez_guy, numero)


@pytest.mark.parametrize("etat", [e for e in Etat if e is not Etat.SAISIE], ids=str)
def test_le_formateur_la_voit_des_la_soumission(troupe: Troupe, etat: Etat) -> None:
    numero = une_session(troupe.marose, min(etat, Etat.VALIDATION_ENTITE, key=list(Etat).index))
    if etat in (Etat.GENERATION, Etat.GENERE):
        genere = maintenant() if etat is Etat.GENERE else None
        porter_a(numero, etat=etat, generation_demandee_le=maintenant(), genere_le=genere)
    assert ouvrable(troupe.formateur, numero) and listee(troupe.formateur, numero)
    assert not ouvrable(troupe.remplacant, numero) and not listee(troupe.remplacant, numero)


def test_un_brouillon_n_existe_pas_pour_le_formateur(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    assert not ouvrable(troupe.formateur, numero) and not listee(troupe.formateur, numero)


class TestRevenueEnSaisie:
    @pytest.fixture
    def numero(self, troupe: Troupe) -> int:
        """Submitted, then sent back by the formateur."""
        numero = une_session(
            troupe.marose, Etat.VALIDATION_FORMATEUR, ville="ETOILE SUR RHONE", reference_interne="Secrète"
        )
        agir(Action.RETOUR_COMMENTE, troupe.formateur, numero)
        return numero

    def test_il_en_reste_une_ligne(self, troupe: Troupe, numero: int) -> None:
        assert listee(troupe.formateur, numero) and not ouvrable(troupe.formateur, numero)

    def test_rien_d_autre_ne_s_y_cherche(self, troupe: Troupe, numero: int) -> None:
        """Its place, its reference and its stagiaires are not in the line: they cannot be guessed either."""
        for texte in ("etoile", "secrète", "Secr"):
            assert not listee(troupe.formateur, numero, recherche=texte)
        assert not listee(troupe.formateur, numero, nom="Lefèvre")
        for texte in (str(numero), f"n°{numero}", "SST"):
            assert listee(troupe.formateur, numero, recherche=texte)
        assert listee(troupe.gestionnaire, numero, recherche="etoile")
        assert listee(troupe.gestionnaire, numero, nom="lefevre")

    def test_un_formateur_remplace_perd_tout_aussitot(self, troupe: Troupe, numero: int) -> None:
        declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
        assert not listee(troupe.formateur, numero) and not ouvrable(troupe.formateur, numero)

    def test_son_remplacant_attend_la_soumission(self, troupe: Troupe, numero: int) -> None:
        declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
        assert not listee(troupe.remplacant, numero) and not ouvrable(troupe.remplacant, numero)
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        assert listee(troupe.remplacant, numero) and ouvrable(troupe.remplacant, numero)

    def test_celui_qui_revient_retrouve_sa_ligne(self, troupe: Troupe, numero: int) -> None:
        declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
        declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
        assert listee(troupe.formateur, numero)

    def test_ce_n_est_pas_ma_session_ne_laisse_rien(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        agir(Action.PAS_MA_SESSION, troupe.formateur, numero)
        assert not listee(troupe.formateur, numero) and not ouvrable(troupe.formateur, numero)


class TestSuspendue:
    """R17: reading and downloading only, and its formateurs cannot send."""

    def suspendre(self, troupe: Troupe) -> None:
        with transaction():
            db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = date(2026, 6, 1)

    def test_rien_ne_bouge_plus(self, troupe: Troupe) -> None:
        numeros = {
            etat: une_session(troupe.marose, etat)
            for etat in (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)
        }
        self.suspendre(troupe)
        avant = empreinte_de_la_base()
        for de, numero in numeros.items():
            for action in GESTES:
                pas = mouvement(de, action)
                if pas is None:
                    continue
                acteur = troupe.formateur if "formateur" in pas.qui else troupe.gestionnaire
                with pytest.raises(ActionImpossible, match="MAROSE FORMATION est suspendue"):
                    agir(action, acteur, numero)
        assert empreinte_de_la_base() == avant

    def test_tout_se_lit_encore(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        self.suspendre(troupe)
        assert ouvrable(troupe.gestionnaire, numero) and listee(troupe.gestionnaire, numero)
        assert ouvrable(troupe.formateur, numero)
        for acteur in (troupe.gestionnaire, troupe.formateur):
            assert actions_possibles(lire(numero), acteur) == frozenset()

    def test_les_autres_continuent(self, troupe: Troupe) -> None:
        numero = une_session(troupe.guy, Etat.SAISIE)
        self.suspendre(troupe)
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.etranger, numero)
        assert etat(numero) is Etat.VALIDATION_FORMATEUR
