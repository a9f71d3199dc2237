"""« Créer une session semblable », from every tab of a session: one click, one session."""

import re
from datetime import date

import pytest

from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

BOUTON = "Créer une session semblable"


def jeton_de(page: str) -> str:
    return re.search(r'class="semblable".*?name="jeton" value="([^"]+)"', page, re.S)[1]  # type: ignore[index]


def combien(scene: Scene) -> int:
    return scene.dans(lambda: db.session.query(SessionCertification).count())


@pytest.mark.parametrize(
    ("etat", "onglets"),
    [
        (Etat.SAISIE, ("session", "formateur", "stagiaires")),
        (Etat.VALIDATION_FORMATEUR, ("session", "stagiaires", "telechargements")),
        (Etat.GENERE, ("session", "stagiaires", "telechargements")),
    ],
)
def test_every_tab_offers_it(
    scene: Scene, gestionnaire: Navigateur, etat: Etat, onglets: tuple[str, ...]
) -> None:
    numero = scene.session(etat)
    for onglet in onglets:
        assert BOUTON in gestionnaire.get(scene.adresse(f"/sessions/{numero}/{onglet}")).text


def test_a_double_click_opens_one_session_that_lacks_its_date(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reference_interne="Convention 118")
    page = gestionnaire.get(scene.adresse(f"/sessions/{numero}/session")).text
    champs = {"jeton": jeton_de(page)}
    adresse = scene.adresse(f"/sessions/{numero}/semblable")
    [nouvelle] = {gestionnaire.post(adresse, champs).location for _ in range(2)}
    assert combien(scene) == 2
    page = gestionnaire.get(nouvelle).text
    assert f"Cette session reprend la n°{numero}" in page
    assert 'value="Convention 118"' in page
    assert re.search(r'id="date_fin"[^>]*value=""', page)


def test_without_its_token_nothing_is_opened(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session()
    reponse = gestionnaire.post(scene.adresse(f"/sessions/{numero}/semblable"), {"jeton": "court"})
    assert reponse.status_code == 422
    assert combien(scene) == 1


def test_neither_the_formateur_nor_a_suspended_entite_is_offered_it(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    formateur = scene.navigateur(scene.troupe.formateur)
    assert BOUTON not in formateur.get(f"/formateur/sessions/{numero}").text

    def suspendre() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = date(2026, 1, 1)
        db.session.commit()

    scene.dans(suspendre)
    assert BOUTON not in gestionnaire.get(scene.adresse(f"/sessions/{numero}/session")).text
