"""A login that ends never takes what was being typed with it."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from certif.web.corps import INCONNU_MAX
from tests.web.distribution import MOT_DE_PASSE, Monde, Navigateur, email

DEPART = "2026-06-10T10:00:00Z"
TREIZE_HEURES = timedelta(hours=13)
SAISIE = {"nom": "DUPONT-CANARI", "date_fin": "10/06/2026"}
LONGUE = SAISIE | {"commentaire": "x" * (INCONNU_MAX + 1)}


@pytest.fixture
def adresse(monde: Monde, application_d_essai: Flask) -> str:
    return f"/entite/{monde.entites['A']}/essai/enregistrer"


@pytest.fixture
def temps() -> time_machine.travel:
    return time_machine.travel(DEPART, tick=False)


class TestDialogue:
    """With htmx: 401 and a dialog over the untouched form."""

    def repondre(self, navigateur: Navigateur, qui: str, mot_de_passe: str = MOT_DE_PASSE) -> TestResponse:
        return navigateur.htmx("/connexion", {"identifiant": email(qui), "mot_de_passe": mot_de_passe})

    def test_the_same_person_goes_on_with_a_fresh_token(
        self, navigateur: Navigateur, adresse: str, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            ancien = navigateur.jeton
            voyage.shift(TREIZE_HEURES)
            refus = navigateur.htmx(adresse, SAISIE)
            assert refus.status_code == 401
            assert refus.text.startswith('<hx-partial hx-target="#connexion" hx-swap="outerMorph">')
            assert 'hx-post="/connexion"' in refus.text
            assert email("gestionnaire") in refus.text
            champ = re.search(r'name="csrf_token" value="([^"]+)"', refus.text)
            assert champ
            navigateur.jeton = champ[1]
            reussie = self.repondre(navigateur, "gestionnaire")
            assert reussie.status_code == 200
            assert "data-jeton=" in reussie.text
            assert navigateur.jeton != ancien
            assert navigateur.htmx(adresse, SAISIE).status_code == 200

    def test_another_person_does_not_resume_the_page(
        self, navigateur: Navigateur, adresse: str, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            voyage.shift(TREIZE_HEURES)
            navigateur.htmx(adresse, SAISIE)
            reponse = self.repondre(navigateur, "double")
            assert reponse.headers["HX-Redirect"] == "/"
            assert "data-jeton" not in reponse.text

    def test_a_wrong_password_comes_back_in_the_dialog(
        self, navigateur: Navigateur, adresse: str, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            voyage.shift(TREIZE_HEURES)
            refus = self.repondre(navigateur, "gestionnaire", "faux")
            assert refus.status_code == 422
            assert 'hx-target="#connexion"' in refus.text
            assert "incorrect" in refus.text

    def test_after_a_logout_the_dialog_names_nobody(self, navigateur: Navigateur, adresse: str) -> None:
        navigateur.connecter("gestionnaire")
        navigateur.post("/deconnexion")
        assert "@a.example" not in navigateur.htmx(adresse, SAISIE).text

    def test_a_boosted_page_goes_to_the_login_page(self, navigateur: Navigateur, adresse: str) -> None:
        reponse = navigateur.get(
            "/administration/", headers={"HX-Request": "true", "HX-Request-Type": "full"}
        )
        assert reponse.headers["HX-Redirect"] == "/connexion?suivant=/administration/"


class TestSansJavaScript:
    """The post is kept, encrypted, and shown again to the same person; it is never replayed."""

    def envoyer_trop_tard(self, navigateur: Navigateur, adresse: str) -> str:
        reponse = navigateur.post(adresse, SAISIE)
        assert reponse.status_code == 303
        page = navigateur.get(reponse.location)
        suivant = re.search(r'name="suivant" value="([^"]+)"', page.text)
        assert suivant
        return suivant[1]

    def test_shown_again_to_its_author_who_sends_it(
        self, navigateur: Navigateur, adresse: str, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            voyage.shift(TREIZE_HEURES)
            suivant = self.envoyer_trop_tard(navigateur, adresse)
            assert suivant.startswith("/saisie-conservee/")
            assert "conservée" in navigateur.get(f"/connexion?suivant={suivant}").text
            assert navigateur.connecter("gestionnaire", suivant=suivant).location == suivant
            page = navigateur.get(suivant)
            assert f'method="post" action="{adresse}"' in page.text
            assert "DUPONT-CANARI</textarea>" in page.text
            assert navigateur.post(adresse, SAISIE).status_code == 303
            assert navigateur.post(f"{suivant}/abandon").status_code == 303
            assert navigateur.get(suivant).location == "/"

    def test_another_person_sees_nothing_of_it(
        self, navigateur: Navigateur, adresse: str, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            voyage.shift(TREIZE_HEURES)
            suivant = self.envoyer_trop_tard(navigateur, adresse)
            navigateur.connecter("autre", suivant=suivant)
            assert navigateur.get(suivant).location == "/"

    def test_after_fifteen_minutes_nothing_is_left(
        self, navigateur: Navigateur, adresse: str, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            voyage.shift(TREIZE_HEURES)
            suivant = self.envoyer_trop_tard(navigateur, adresse)
            voyage.shift(timedelta(minutes=15))
            navigateur.connecter("gestionnaire", suivant=suivant)
            assert navigateur.get(suivant).location == "/"

    def test_also_when_another_tab_logged_out(self, navigateur: Navigateur, adresse: str) -> None:
        navigateur.connecter("gestionnaire")
        jeton = navigateur.jeton
        navigateur.post("/deconnexion")
        navigateur.jeton = jeton
        assert self.envoyer_trop_tard(navigateur, adresse).startswith("/saisie-conservee/")

    def test_a_post_that_no_page_of_ours_made_is_not_kept(self, navigateur: Navigateur, adresse: str) -> None:
        assert navigateur.client.post(adresse, data=SAISIE).location == "/connexion?suivant=/"
        navigateur.connecter("gestionnaire")
        navigateur.post("/deconnexion")
        navigateur.jeton = "forgé"
        assert navigateur.post(adresse, SAISIE).location == "/connexion?suivant=/"


class TestCookiesPerdus:
    """The page says whose it is: what became of the browser's cookies changes nothing."""

    def page_de(self, navigateur: Navigateur) -> dict[str, str]:
        signee = re.search(r'"X-Certif-Page": "([^"]+)"', navigateur.get("/compte/").text)
        assert signee
        return {"X-Certif-Page": signee[1], "HX-Request": "true", "HX-Request-Type": "partial"}

    def perdre_et_se_reconnecter(
        self, navigateur: Navigateur, adresse: str, entetes: dict[str, str], qui: str
    ) -> tuple[TestResponse, TestResponse]:
        for nom in ("certif", "certif-navigateur"):
            navigateur.client.delete_cookie(nom)
        refus = navigateur.post(adresse, SAISIE, headers=entetes)
        return refus, self.repondre(navigateur, refus, entetes, qui)

    def repondre(
        self, navigateur: Navigateur, refus: TestResponse, entetes: dict[str, str], qui: str
    ) -> TestResponse:
        champ = re.search(r'name="csrf_token" value="([^"]+)"', refus.text)
        assert champ
        navigateur.jeton = champ[1]
        champs = {"identifiant": email(qui), "mot_de_passe": MOT_DE_PASSE}
        return navigateur.post("/connexion", champs, headers=entetes)

    def test_the_same_person_goes_on(self, navigateur: Navigateur, adresse: str) -> None:
        navigateur.connecter("gestionnaire")
        entetes = self.page_de(navigateur)
        refus, reussie = self.perdre_et_se_reconnecter(navigateur, adresse, entetes, "gestionnaire")
        assert refus.status_code == 401 and "Votre saisie est intacte" in refus.text
        assert email("gestionnaire") not in refus.text  # whoever erased the cookies left no name behind
        assert reussie.status_code == 200 and "data-jeton=" in reussie.text
        assert navigateur.post(adresse, SAISIE, headers=entetes).status_code == 200

    @pytest.mark.parametrize("genre", ["application/x-www-form-urlencoded", "multipart/form-data"])
    def test_a_long_form_goes_on_as_a_short_one_does(
        self, navigateur: Navigateur, adresse: str, genre: str
    ) -> None:
        navigateur.connecter("gestionnaire")
        entetes = self.page_de(navigateur)
        navigateur.client.delete_cookie("certif")
        refus = navigateur.post(adresse, LONGUE, headers=entetes, content_type=genre)
        assert refus.status_code == 401 and "Votre saisie est intacte" in refus.text
        assert refus.text.startswith('<hx-partial hx-target="#connexion" hx-swap="outerMorph">')
        reussie = self.repondre(navigateur, refus, entetes, "gestionnaire")
        assert reussie.status_code == 200 and "data-jeton=" in reussie.text
        assert navigateur.post(adresse, LONGUE, headers=entetes, content_type=genre).status_code == 200

    @pytest.mark.parametrize("genre", ["application/x-www-form-urlencoded", "multipart/form-data"])
    def test_without_a_script_nothing_of_a_long_form_is_promised(
        self, navigateur: Navigateur, adresse: str, genre: str
    ) -> None:
        navigateur.connecter("gestionnaire")
        navigateur.client.delete_cookie("certif")
        depuis = {"Referer": "http://localhost/compte/"}
        refus = navigateur.post(adresse, LONGUE, headers=depuis, content_type=genre)
        assert (refus.status_code, refus.location) == (303, "/connexion?suivant=/compte/")
        assert "conservée" not in navigateur.get(refus.location).text

    def test_another_person_does_not(self, navigateur: Navigateur, adresse: str) -> None:
        navigateur.connecter("gestionnaire")
        entetes = self.page_de(navigateur)
        _, autre = self.perdre_et_se_reconnecter(navigateur, adresse, entetes, "double")
        assert autre.headers["HX-Redirect"] == "/"

    @pytest.mark.parametrize("signature", ["", "1", "x.y.z", "é"])
    def test_a_page_that_cannot_tell_promises_nothing(
        self, navigateur: Navigateur, adresse: str, signature: str
    ) -> None:
        navigateur.connecter("gestionnaire")
        entetes = self.page_de(navigateur) | {"X-Certif-Page": signature}
        refus, autre = self.perdre_et_se_reconnecter(navigateur, adresse, entetes, "gestionnaire")
        assert "intacte" not in refus.text and "Copiez d’abord" in refus.text
        assert autre.headers["HX-Redirect"] == "/"

    def test_of_two_tabs_each_is_resumed_by_its_own_person(
        self, navigateur: Navigateur, adresse: str
    ) -> None:
        navigateur.connecter("gestionnaire")
        entetes = self.page_de(navigateur)
        navigateur.connecter("double")  # in another tab
        _, autre = self.perdre_et_se_reconnecter(navigateur, adresse, entetes, "double")
        assert autre.headers["HX-Redirect"] == "/"
