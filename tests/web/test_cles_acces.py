"""Passkeys through the pages: added, used, removed; never another person's."""

from typing import Any

import pytest
from flask import render_template

from certif.domaine.acces.cles_acces import cles_de
from tests.support.authenticator import Authentificateur
from tests.web import arbre
from tests.web.distribution import MOT_DE_PASSE, Monde, Navigateur

PAGE = "/compte/cles-acces"
CONNEXION = "/connexion/cle-acces"


def question(navigateur: Navigateur, adresse: str, **champs: str) -> dict[str, Any]:
    reponse = navigateur.post(f"{adresse}/question", champs)
    assert reponse.status_code == 200
    return dict(reponse.json or {})


def ajouter(navigateur: Navigateur, cle: Authentificateur) -> None:
    reponse = cle.creer(question(navigateur, PAGE, libelle="Téléphone"))
    assert navigateur.post(PAGE, {"libelle": "Téléphone", "reponse": reponse}).location == PAGE


@pytest.fixture
def cle(navigateur: Navigateur) -> Authentificateur:
    """The délégataire's; they are logged in."""
    navigateur.connecter("delegataire")
    cle = Authentificateur()
    ajouter(navigateur, cle)
    return cle


def entrer(navigateur: Navigateur, cle: Authentificateur, suivant: str = "") -> Any:
    navigateur.rafraichir()
    reponse = cle.repondre(question(navigateur, CONNEXION))
    return navigateur.post(CONNEXION, {"reponse": reponse, "suivant": suivant})


def test_it_logs_in_and_goes_on_until_it_is_removed(
    monde: Monde, navigateur: Navigateur, autre_navigateur: Navigateur, cle: Authentificateur
) -> None:
    assert "Téléphone" in navigateur.get(PAGE).text
    assert entrer(autre_navigateur, cle, "/compte/cles-acces").location == PAGE
    assert autre_navigateur.get(PAGE).status_code == 200
    with monde.app.app_context():
        (cle_id,) = (c.id for c in cles_de(monde.individus["delegataire"]))
    navigateur.get(PAGE)
    assert navigateur.post(f"{PAGE}/{cle_id}/retirer").location == PAGE
    autre_navigateur.rafraichir()
    autre_navigateur.post("/deconnexion")
    refus = entrer(autre_navigateur, cle)
    assert refus.status_code == 422
    assert "n’ouvre aucun compte" in refus.text
    assert autre_navigateur.get(PAGE).status_code == 303


def test_it_leads_nowhere_else(autre_navigateur: Navigateur, cle: Authentificateur) -> None:
    assert entrer(autre_navigateur, cle, "//evil.example").location == "/"


def test_the_question_is_this_browser_s_and_serves_once(
    navigateur: Navigateur, autre_navigateur: Navigateur, cle: Authentificateur
) -> None:
    autre_navigateur.rafraichir()
    reponse = cle.repondre(question(navigateur, CONNEXION))
    assert autre_navigateur.post(CONNEXION, {"reponse": reponse}).status_code == 422
    assert entrer(autre_navigateur, cle).status_code == 303


def test_another_person_s_does_not_exist(
    monde: Monde, navigateur: Navigateur, autre_navigateur: Navigateur, cle: Authentificateur
) -> None:
    with monde.app.app_context():
        (cle_id,) = (c.id for c in cles_de(monde.individus["delegataire"]))
    autre_navigateur.connecter("gestionnaire")
    for numero in (cle_id, 0, 999_999, 2**63):
        champs = {"mot_de_passe": MOT_DE_PASSE}
        assert autre_navigateur.post(f"{PAGE}/{numero}/retirer", champs).status_code == 404, numero
    assert "Téléphone" in navigateur.get(PAGE).text
    assert "Téléphone »" not in autre_navigateur.get(PAGE).text.replace("exemple «&nbsp;Téléphone", "")


def test_an_unusable_name_is_told_before_and_after(navigateur: Navigateur) -> None:
    navigateur.connecter("delegataire")
    for libelle in ("", " ", "x" * 81, "a\0b"):
        refus = navigateur.post(f"{PAGE}/question", {"libelle": libelle})
        assert refus.status_code == 422, libelle
        assert "80 caractères" in refus.get_json()["message"]
        page = navigateur.post(PAGE, {"libelle": libelle, "reponse": "{}"})
        assert page.status_code == 422, libelle
        assert 'id="libelle-erreur"' in page.text


def test_the_script_is_told_of_a_stale_page(navigateur: Navigateur) -> None:
    reponse = navigateur.client.post(f"{CONNEXION}/question", data={"csrf_token": "x"})
    assert reponse.status_code == 400
    assert "Rechargez" in reponse.get_json()["message"]
    page = navigateur.client.post(CONNEXION, data={"csrf_token": "x"})
    assert page.status_code == 400
    assert "trop longtemps" in page.text


def test_the_login_page_offers_it_to_browsers_that_run_its_script(navigateur: Navigateur) -> None:
    page = navigateur.get("/connexion").text
    assert "cles-acces" in page
    assert arbre.lire(page).xpath("//button[@class='bouton bouton--discret si-js'][@type='button']")


def test_my_account_says_what_i_have(navigateur: Navigateur) -> None:
    """The section that « Mon compte » includes, which reads all that it needs."""

    def section() -> str:
        with navigateur.client:
            navigateur.get(PAGE)
            return " ".join(render_template("compte/_second_facteur.html").split())

    assert section() == ""
    navigateur.connecter("delegataire")
    assert "Activer la double authentification" in section()
    assert "Ajouter une clé d’accès" in section()
    ajouter(navigateur, Authentificateur())
    assert "1 clé d’accès ouvre votre compte" in section()
