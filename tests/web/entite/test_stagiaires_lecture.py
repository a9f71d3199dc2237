"""The table of the stagiaires as it is read: once submitted, then with its results."""

from certif.domaine.sessions.etats import Etat
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene

FERRAND = {"nom": "Ferrand", "prenom": "Régine", "date_naissance": "06/04/1977"}


def onglet(scene: Scene, numero: int, suite: str = "") -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires{suite}")


def test_once_submitted_the_table_is_only_read(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reussites=1)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "LEFÈVRE" in page
    assert "Ajouter un stagiaire" not in page
    assert gestionnaire.get(onglet(scene, numero, "/nouveau")).status_code == 409
    champs = {**FERRAND, "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero), champs).status_code == 409
    assert scene.noms(numero) == ["Lefèvre"]


def test_the_drafts_of_the_formateur_are_not_shown(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reussites=1)
    assert scene.voir(numero, lambda s: s.stagiaires[0].resultat is not None)
    assert "Réussite" not in gestionnaire.get(onglet(scene, numero)).text


def test_the_results_stand_beside_the_names_once_sent(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=1, echecs=1)
    page = texte(gestionnaire.get(onglet(scene, numero)).text)
    assert "LEFÈVRE Hélène 01/01/1970 — Réussite" in page
    assert "D’ALMEIDA João 02/02/1971 — Échec" in page
