"""Deleting a session: named before, told after, once."""

import pytest

from certif.domaine.sessions.etats import Etat
from tests.support.moves import courriers, existe
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


def adresse(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/supprimer")


def test_the_confirmation_names_the_session_and_deletes_nothing(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.SAISIE, reussites=2, reference_interne="Convention 118")
    page = gestionnaire.get(adresse(scene, numero)).text
    assert f"La session n°{numero} (SST / 1, 2\u00a0stagiaires) va être supprimée définitivement." in page
    assert "Convention 118" in page
    assert "en sera informé" not in page
    assert scene.dans(lambda: existe(numero))


def test_the_formateur_who_had_it_is_named_and_told(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    assert (
        "RIVIÈRE Stéphanie, qui a reçu cette session, en sera informé."
        in gestionnaire.get(adresse(scene, numero)).text
    )
    gestionnaire.post(adresse(scene, numero), {"version": scene.version(numero)})
    assert scene.dans(lambda: [c.destinataire_id for c in courriers()]) == [
        scene.troupe.formateur.individu_id
    ]


def test_a_double_click_deletes_once_and_says_so(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    champs = {"version": scene.version(numero)}
    for _ in range(2):
        reponse = gestionnaire.post(adresse(scene, numero), champs)
        assert reponse.location == scene.adresse("/sessions/a-traiter")
    assert not scene.dans(lambda: existe(numero))
    assert f"La session n°{numero} est supprimée." in gestionnaire.get(reponse.location).text


def test_with_htmx_the_confirmation_is_a_dialog(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    entetes = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert 'hx-target="#dialogue"' in gestionnaire.get(adresse(scene, numero), headers=entetes).text
    reponse = gestionnaire.htmx(adresse(scene, numero), {"version": scene.version(numero)})
    assert reponse.headers["HX-Redirect"] == scene.adresse("/sessions/a-traiter")


def test_a_stale_confirmation_deletes_nothing(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    reponse = gestionnaire.post(adresse(scene, numero), {"version": scene.version(numero) + 1})
    assert reponse.status_code == 409
    assert f'name="version" value="{scene.version(numero)}"' in reponse.text
    assert scene.dans(lambda: existe(numero))


@pytest.mark.parametrize("etat", [Etat.GENERATION, Etat.GENERE])
def test_certificates_on_their_way_are_not_deleted(
    scene: Scene, gestionnaire: Navigateur, etat: Etat
) -> None:
    numero = scene.session(etat)
    assert "ne permet plus cette action" in gestionnaire.get(adresse(scene, numero)).text
    reponse = gestionnaire.post(adresse(scene, numero), {"version": scene.version(numero)})
    assert reponse.status_code == 409
    assert scene.dans(lambda: existe(numero))


def test_nobody_else_deletes_it(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    for acteur in (scene.troupe.etranger, scene.troupe.collegue, scene.troupe.formateur):
        intrus = scene.navigateur(acteur)
        assert intrus.get(adresse(scene, numero)).status_code == 404
        assert intrus.post(adresse(scene, numero), {"version": scene.version(numero)}).status_code == 404
    assert scene.dans(lambda: existe(numero))
