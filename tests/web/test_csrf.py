"""Every change needs the token of this login."""

import pytest
from flask import Flask

from tests.web.distribution import Monde, Navigateur, adresse_de


def test_every_post_without_a_token_is_refused(monde: Monde, navigateur: Navigateur) -> None:
    """Of every route that changes something, with each identity: never a 2xx or a 3xx."""
    for qui in ("gestionnaire", "formateur", "admin"):
        navigateur.connecter(qui)
        for regle in monde.app.url_map.iter_rules():
            if "POST" not in (regle.methods or ()):
                continue
            adresse = adresse_de(monde.app, regle)
            # 410: the page of a code that opens nothing, whatever is posted.
            assert navigateur.client.post(adresse, data={}).status_code in (400, 404, 409, 410), adresse


@pytest.mark.parametrize("jeton", ["", "x", "IjEi.aaaaaa.bbbbbb"])
def test_a_wrong_token_is_refused(navigateur: Navigateur, jeton: str) -> None:
    navigateur.connecter("admin")
    assert navigateur.client.post("/deconnexion", data={"csrf_token": jeton}).status_code == 400
    assert navigateur.get("/administration/entites").status_code == 200


def test_the_token_of_another_browser_is_refused(
    navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    navigateur.connecter("admin")
    autre_navigateur.connecter("admin")
    autre_navigateur.get("/administration/entites")
    assert (
        navigateur.client.post("/deconnexion", data={"csrf_token": autre_navigateur.jeton}).status_code == 400
    )


def test_the_token_in_the_header_is_htmx_s_way(navigateur: Navigateur) -> None:
    navigateur.connecter("admin")
    navigateur.get("/administration/entites")
    reponse = navigateur.client.post(
        "/deconnexion", headers={"X-CSRFToken": navigateur.jeton, "HX-Request": "true"}
    )
    assert reponse.headers["HX-Redirect"] == "/connexion"


def test_a_login_page_left_open_comes_back_with_what_was_typed(navigateur: Navigateur) -> None:
    champs = {"csrf_token": "x", "identifiant": "moi@x.example", "mot_de_passe": "secret-tapé"}
    page = navigateur.post("/connexion", champs)
    assert page.status_code == 400
    assert "moi@x.example" in page.text
    assert "secret-tapé" not in page.text
    assert navigateur.htmx("/connexion", champs).text.startswith('<hx-partial hx-target="#connexion"')


class TestRienNEstPerdu:
    """A form opened before this person's last login: offered again, never taken nor lost."""

    @pytest.fixture
    def perime(
        self, monde: Monde, application_d_essai: Flask, navigateur: Navigateur
    ) -> tuple[str, dict[str, str]]:
        navigateur.connecter("gestionnaire")
        return f"/entite/{monde.entites['A']}/essai/enregistrer", {
            "csrf_token": "x",
            "nom": "DUPONT <b>",
            "vide": "",
        }

    def test_the_page_shows_the_fields_again_and_they_can_be_sent(
        self, navigateur: Navigateur, perime: tuple[str, dict[str, str]]
    ) -> None:
        adresse, champs = perime
        page = navigateur.post(adresse, champs)
        assert page.status_code == 400
        assert f'action="{adresse}"' in page.text
        assert "DUPONT &lt;b&gt;</textarea>" in page.text
        assert navigateur.post(adresse, {"nom": "DUPONT <b>"}).status_code == 303

    def test_htmx_gets_the_new_token_over_the_untouched_form(
        self, navigateur: Navigateur, perime: tuple[str, dict[str, str]]
    ) -> None:
        adresse, champs = perime
        reponse = navigateur.htmx(adresse, champs)
        assert reponse.status_code == 400
        assert 'hx-target="#messages"' in reponse.text
        assert 'data-jeton="' in reponse.text
        assert navigateur.htmx(adresse).status_code == 200

    def test_another_site_gets_a_bare_refusal(
        self, navigateur: Navigateur, perime: tuple[str, dict[str, str]]
    ) -> None:
        adresse, champs = perime
        page = navigateur.post(adresse, champs, headers={"Sec-Fetch-Site": "cross-site"})
        assert page.status_code == 400
        assert "DUPONT" not in page.text
