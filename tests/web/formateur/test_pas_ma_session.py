"""*Ce n’est pas ma session*: named before, done once, and then it is nobody's to see."""

import pytest

from certif.domaine.sessions.etats import Action, Etat
from tests.support.moves import agir, lignes
from tests.web.formateur.page import Onglet
from tests.web.lecture import texte
from tests.web.scene import Scene

SUITE = "/pas-ma-session"


@pytest.mark.parametrize("htmx", [False, True])
def test_the_confirmation_names_what_will_happen(onglet: Onglet, htmx: bool) -> None:
    entetes = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
    reponse = onglet.navigateur.get(onglet.adresse + SUITE, headers=entetes)
    lu = texte(reponse.text)
    assert f"La session n°{onglet.numero} retourne à MAROSE FORMATION" in lu
    assert "26800 ETOILE SUR RHONE" in lu
    assert ("<dialog" in reponse.text) is htmx
    assert ("<html" in reponse.text) is not htmx


def test_it_goes_back_and_is_no_longer_theirs(scene: Scene, onglet: Onglet) -> None:
    onglet.enregistrer("reussite")
    version = scene.version(onglet.numero)
    reponse = onglet.navigateur.post(onglet.adresse + SUITE, {"version": version})
    assert reponse.location == "/formateur/sessions/a-traiter"
    assert scene.etat(onglet.numero) is Etat.SAISIE
    assert scene.voir(onglet.numero, lambda s: s.formateur_id) is None
    assert onglet.stockees() == [None, None, None]
    for adresse in (onglet.adresse, onglet.adresse + "/stagiaires", onglet.adresse + SUITE):
        assert onglet.navigateur.get(adresse).status_code == 404
    for liste in ("a-traiter", "en-cours"):
        page = onglet.navigateur.get(f"/formateur/sessions/{liste}").text
        assert "MAROSE FORMATION" not in page


def test_two_clicks_are_one_answer(scene: Scene, onglet: Onglet) -> None:
    champs = {"version": onglet.version}
    statuts = [onglet.navigateur.post(onglet.adresse + SUITE, champs).status_code for _ in range(2)]
    assert statuts == [303, 303]
    assert scene.dans(lambda: len(lignes(onglet.numero, Action.PAS_MA_SESSION))) == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 400])
def test_a_forged_version_is_refused(scene: Scene, onglet: Onglet, version: str) -> None:
    reponse = onglet.navigateur.post(onglet.adresse + SUITE, {"version": version})
    assert reponse.status_code == 422
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR


def test_a_stale_confirmation_shows_what_changed(scene: Scene, onglet: Onglet) -> None:
    onglet.enregistrer("reussite")
    reponse = onglet.navigateur.htmx(onglet.adresse + SUITE, {"version": onglet.version})
    assert reponse.status_code == 409
    assert "a enregistré des résultats" in texte(reponse.text)
    assert f'name="version" value="{scene.version(onglet.numero)}"' in reponse.text
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR


def test_once_the_results_are_sent_there_is_nothing_to_confirm(scene: Scene, onglet: Onglet) -> None:
    scene.dans(lambda: agir(Action.ENVOYER_RESULTATS, scene.troupe.formateur, onglet.numero))
    page = onglet.navigateur.get(onglet.adresse + SUITE).text
    assert "ne permet plus cette action" in texte(page)
    assert f'action="{onglet.adresse + SUITE}"' not in page
    assert onglet.navigateur.post(onglet.adresse + SUITE, {"version": onglet.version}).status_code == 409
    assert scene.etat(onglet.numero) is Etat.VALIDATION_ENTITE
