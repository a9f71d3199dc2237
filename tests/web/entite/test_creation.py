"""« + Nouvelle session »: one session per click; and the tab that an address without tab opens."""

import re

import pytest

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.support.moves import lire
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

A_TRAITER, EN_COURS = "/sessions/a-traiter", "/sessions/en-cours"

JETON = "J" * 43


def jeton_de(page: str) -> str:
    return re.search(r'name="jeton" value="([^"]+)"', page)[1]  # type: ignore[index]


def combien(scene: Scene) -> int:
    return scene.dans(lambda: db.session.query(SessionCertification).count())


def test_a_double_click_opens_one_session(scene: Scene, gestionnaire: Navigateur) -> None:
    jeton = jeton_de(gestionnaire.get(scene.adresse(A_TRAITER)).text)
    adresses = {gestionnaire.post(scene.adresse("/sessions"), {"jeton": jeton}).location for _ in range(2)}
    assert combien(scene) == 1
    assert len(adresses) == 1
    assert gestionnaire.get(adresses.pop()).status_code == 200


def test_two_pages_open_two_sessions(scene: Scene, gestionnaire: Navigateur) -> None:
    for _ in range(2):
        jeton = jeton_de(gestionnaire.get(scene.adresse(A_TRAITER)).text)
        gestionnaire.post(scene.adresse("/sessions"), {"jeton": jeton})
    assert combien(scene) == 2


@pytest.mark.parametrize("jeton", ["", "court", "J" * 44, "é" * 43, "' OR 1=1"])
def test_without_its_token_nothing_is_opened(scene: Scene, gestionnaire: Navigateur, jeton: str) -> None:
    reponse = gestionnaire.post(scene.adresse("/sessions"), {"jeton": jeton})
    assert reponse.status_code == 422
    assert combien(scene) == 0


def test_fields_that_no_form_has_change_nothing(scene: Scene, gestionnaire: Navigateur) -> None:
    champs = {
        "jeton": JETON,
        "etat": "genere",
        "numero": "999",
        "entite_id": str(scene.troupe.guy.entite_id),
        "declarant_id": str(scene.troupe.etranger.individu_id),
    }
    adresse = gestionnaire.post(scene.adresse("/sessions"), champs).location
    numero = int(re.search(r"/sessions/(\d+)/", adresse)[1])  # type: ignore[index]
    declarant = scene.dans(lambda: lire(numero).declarant_id)
    assert (scene.etat(numero), declarant) == (Etat.SAISIE, scene.troupe.gestionnaire.individu_id)


def test_an_address_without_tab_opens_the_one_that_matters(scene: Scene, gestionnaire: Navigateur) -> None:
    attendus = {
        scene.session(): "stagiaires",
        scene.session(formateur_id=None): "formateur",
        scene.session(date_fin=None): "session",
        scene.session(Etat.VALIDATION_FORMATEUR): "session",
        scene.session(Etat.VALIDATION_ENTITE): "stagiaires",
        scene.session(Etat.GENERATION): "telechargements",
    }
    for numero, onglet in attendus.items():
        adresse = scene.adresse(f"/sessions/{numero}")
        assert gestionnaire.get(adresse).location == f"{adresse}/{onglet}"


def test_another_s_session_does_not_exist(scene: Scene) -> None:
    numero = scene.session()
    assert (
        scene.navigateur(scene.troupe.delegataire).get(scene.adresse(f"/sessions/{numero}")).status_code
        == 404
    )
