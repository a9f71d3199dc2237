"""The second step through the pages, what it asks of an administrateur, and what leaks of it: nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from certif import create_app
from certif.config import Config
from certif.domaine.acces.modeles import CleAcces
from certif.domaine.personnes.modeles import Individu
from certif.socle import adresses
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel
from tests.web import arbre
from tests.web.distribution import MOT_DE_PASSE, Monde, Navigateur, email
from tests.web.scene import Scene

PAGE = "/compte/double-authentification"
CODE = "/connexion/code"
LONG = "/compte/mot-de-passe"
DEPART = "2026-06-10T10:00:00Z"
HOSTILES = [
    "",
    " ",
    "٣٣٣٣٣٣",
    "12345²",
    "1" * 400,
    "x" * 50_000,
    "a\0b",
    "-1",
    "1e9",
    b"\xff\xfe",
    "<b>1</b>",
]


def code(secret: str, ecart: int = 0) -> str:
    return pyotp.TOTP(secret).at(instant_reel() + timedelta(seconds=30 * ecart))


def commencer(navigateur: Navigateur) -> str:
    """Start; the secret that the page shows."""
    assert navigateur.post(f"{PAGE}/commencer").location == PAGE
    page = navigateur.get(PAGE)
    assert "<svg" in page.text
    trouve = re.search(r'translate="no">([A-Z2-7 ]{39})<', page.text)
    assert trouve
    return trouve[1].replace(" ", "")


def inscrire(navigateur: Navigateur) -> tuple[str, list[str]]:
    """Enrol who is logged in; the secret, and the recovery codes."""
    secret = commencer(navigateur)
    page = navigateur.post(f"{PAGE}/confirmer", {"code": code(secret, -1)})
    assert page.status_code == 200
    codes = re.findall(r"<strong>([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})</strong>", page.text)
    assert len(codes) == 10
    return secret, codes


@pytest.fixture
def temps() -> time_machine.travel:
    return time_machine.travel(DEPART, tick=False)


class TestParcours:
    def test_from_enrolment_to_a_login_with_each_kind_of_code(
        self, navigateur: Navigateur, autre_navigateur: Navigateur
    ) -> None:
        navigateur.connecter("gestionnaire")
        secret, codes = inscrire(navigateur)
        for donne, secours in ((f" {code(secret)[:3]} {code(secret)[3:]} ", ""), (codes[0].lower(), "1")):
            reponse = autre_navigateur.connecter("gestionnaire", suivant="/formateur/")
            assert reponse.location == f"{CODE}?suivant=/formateur/"
            assert autre_navigateur.get("/compte/cles-acces").location.startswith("/connexion")
            page = autre_navigateur.get(reponse.location)
            assert 'autocomplete="one-time-code"' in page.text
            assert 'name="suivant" value="/formateur/"' in page.text
            entree = autre_navigateur.post(
                CODE, {"code": donne, "secours": secours, "suivant": "/formateur/"}
            )
            assert entree.location == "/formateur/"
            autre_navigateur.rafraichir()
            assert autre_navigateur.get(PAGE).status_code == 200
            autre_navigateur.post("/deconnexion")
            autre_navigateur.rafraichir()

    def test_the_codes_are_not_shown_twice(self, navigateur: Navigateur) -> None:
        navigateur.connecter("gestionnaire")
        _, codes = inscrire(navigateur)
        assert navigateur.post(f"{PAGE}/confirmer", {"code": "123456"}).status_code == 409
        assert not [c for c in codes if c in navigateur.get(PAGE).text]
        nouveaux = navigateur.post(f"{PAGE}/codes")
        assert nouveaux.status_code == 200
        assert not [c for c in codes if c in nouveaux.text]

    def test_disabled_with_password_and_code_it_asks_no_more(self, navigateur: Navigateur) -> None:
        navigateur.connecter("gestionnaire")
        secret, _ = inscrire(navigateur)
        champs = {"mot_de_passe": "faux", "code": code(secret)}
        refus = navigateur.post(f"{PAGE}/desactiver", champs)
        assert refus.status_code == 422
        assert 'href="#changer-mot_de_passe"' in refus.text
        assert 'id="changer-mot_de_passe-erreur"' in refus.text
        assert (
            navigateur.post(f"{PAGE}/desactiver", {**champs, "mot_de_passe": MOT_DE_PASSE}).location == PAGE
        )
        assert navigateur.connecter("gestionnaire").location == "/"

    def test_five_minutes_after_the_password_it_is_asked_again(
        self, navigateur: Navigateur, autre_navigateur: Navigateur, temps: time_machine.travel
    ) -> None:
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            secret, _ = inscrire(navigateur)
            autre_navigateur.connecter("gestionnaire")
            voyage.shift(timedelta(minutes=5) - timedelta(seconds=1))
            assert autre_navigateur.get(CODE).status_code == 200
            voyage.shift(timedelta(seconds=1))
            assert autre_navigateur.get(CODE).location == "/connexion"
            refus = autre_navigateur.post(CODE, {"code": code(secret)})
            assert refus.status_code == 409
            assert "Connectez-vous de nouveau" in refus.text
            assert autre_navigateur.get(PAGE).status_code == 303

    def test_the_throttle_is_the_passwords(
        self, navigateur: Navigateur, autre_navigateur: Navigateur
    ) -> None:
        navigateur.connecter("gestionnaire")
        secret, _ = inscrire(navigateur)
        autre_navigateur.connecter("gestionnaire")
        for _ in range(10):
            assert autre_navigateur.post(CODE, {"code": "000000"}).status_code == 422
        refus = autre_navigateur.post(CODE, {"code": code(secret)})
        assert refus.status_code == 429
        assert "Réessayez dans 15 minutes" in refus.text
        navigateur.connecter("gestionnaire")
        assert navigateur.post(CODE, {"code": code(secret)}).status_code == 303

    def test_hostile_codes_are_refused_like_any_other(
        self, navigateur: Navigateur, capsys: pytest.CaptureFixture[str]
    ) -> None:
        navigateur.connecter("gestionnaire")
        secret = commencer(navigateur)
        for saisi in HOSTILES:
            assert navigateur.post(f"{PAGE}/confirmer", {"code": saisi}).status_code == 422, saisi
        navigateur.post(f"{PAGE}/confirmer", {"code": code(secret, -1)})
        for rang, saisi in enumerate(HOSTILES):
            if rang % 9 == 0:
                navigateur.connecter("gestionnaire")
                navigateur.post(CODE, {"code": code(secret, rang // 9)})
                navigateur.connecter("gestionnaire")
            refus = navigateur.post(CODE, {"code": saisi, "secours": "1" if rang % 2 else ""})
            assert refus.status_code == 422, saisi
            assert "<b>1</b>" not in refus.text
        dit = capsys.readouterr()
        assert secret not in dit.out + dit.err

    def test_a_page_left_open_comes_back_with_a_fresh_token(self, navigateur: Navigateur) -> None:
        navigateur.connecter("gestionnaire")
        secret, _ = inscrire(navigateur)
        navigateur.connecter("gestionnaire")
        page = navigateur.client.post(CODE, data={"code": code(secret), "csrf_token": "x"})
        assert page.status_code == 400
        assert 'autocomplete="one-time-code"' in page.text


class TestDialogue:
    def test_the_untouched_form_goes_on_after_the_second_step(
        self,
        monde: Monde,
        application_d_essai: Flask,
        navigateur: Navigateur,
        temps: time_machine.travel,
    ) -> None:
        adresse = f"/entite/{monde.entites['A']}/essai/enregistrer"
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            secret, _ = inscrire(navigateur)
            voyage.shift(timedelta(hours=13))
            _prendre_le_jeton(navigateur, navigateur.htmx(adresse, {"nom": "DUPONT"}))
            champs = {"identifiant": email("gestionnaire"), "mot_de_passe": MOT_DE_PASSE}
            etape = navigateur.htmx("/connexion", champs)
            assert etape.status_code == 200
            assert etape.text.startswith('<hx-partial hx-target="#connexion" hx-swap="outerMorph">')
            assert f'hx-post="{CODE}"' in etape.text
            partiel = {"HX-Request": "true", "HX-Request-Type": "partial"}
            assert 'name="secours"' in navigateur.get(f"{CODE}?secours=1", headers=partiel).text
            refus = navigateur.htmx(CODE, {"code": "000000"})
            assert (refus.status_code, f'hx-post="{CODE}"' in refus.text) == (422, True)
            reussie = navigateur.htmx(CODE, {"code": code(secret)})
            assert "data-jeton=" in reussie.text
            assert navigateur.htmx(adresse, {"nom": "DUPONT"}).status_code == 200

    def test_without_javascript_the_kept_form_comes_after_the_second_step(
        self,
        monde: Monde,
        application_d_essai: Flask,
        navigateur: Navigateur,
        temps: time_machine.travel,
    ) -> None:
        adresse = f"/entite/{monde.entites['A']}/essai/enregistrer"
        with temps as voyage:
            navigateur.connecter("gestionnaire")
            secret, _ = inscrire(navigateur)
            voyage.shift(timedelta(hours=13))
            vers = navigateur.post(adresse, {"nom": "DUPONT-CANARI"}).location
            suivant = re.search(r'name="suivant" value="([^"]+)"', navigateur.get(vers).text)
            assert suivant
            etape = navigateur.connecter("gestionnaire", suivant=suivant[1])
            assert etape.location == f"{CODE}?suivant={suivant[1]}"
            entree = navigateur.post(CODE, {"code": code(secret), "suivant": suivant[1]})
            assert entree.location == suivant[1]
            assert "DUPONT-CANARI" in navigateur.get(suivant[1]).text


class TestAdministrateur:
    """In production the administration opens to logins that showed more than a password."""

    @pytest.fixture
    def production(self, scene: Scene, config: Config) -> Iterator["Production"]:
        """The same database, in production, with nobody logged in."""
        avant = adresses.adresse("")
        yield Production(scene, create_app(replace(config, mode="production", url=Production.URL)))
        adresses.regler(avant)

    def test_every_page_leads_to_the_enrolment_until_it_is_done(self, production: "Production") -> None:
        seul, autre = production.navigateur(), production.navigateur()
        for navigateur in (seul, autre):
            production.connecter(navigateur)
        regles = [r for r in production.app.url_map.iter_rules() if r.endpoint.startswith("administration.")]
        assert regles
        for regle in regles:
            if not regle.arguments:
                methode = "POST" if "POST" in (regle.methods or ()) else "GET"
                for entetes in ({}, {"HX-Request": "true", "HX-Request-Type": "partial"}):
                    reponse = seul.client.open(
                        regle.rule, method=methode, headers=entetes, data={"csrf_token": seul.jeton}
                    )
                    vers = reponse.headers.get("HX-Redirect") or reponse.location
                    assert vers == PAGE, f"{methode} {regle.rule}"
        page = seul.get(PAGE).text
        assert "Un administrateur doit l’activer" in page
        # The menu and its counts are for who has shown it.
        assert "ENTITÉS" not in page and "MON COMPTE" in page and 'action="/deconnexion"' in page
        secret, _ = inscrire(seul)
        assert "ENTITÉS" in seul.get(PAGE).text
        assert seul.get("/administration/entites").status_code == 200
        # Another login, opened before: its next request asks for the code, and nothing else opens it.
        assert autre.get("/administration/entites").location == PAGE
        assert autre.get(PAGE).location == f"{CODE}?suivant=/administration/entites"
        assert autre.get(CODE).status_code == 200
        assert autre.post(f"{PAGE}/commencer", {"mot_de_passe": MOT_DE_PASSE}).status_code == 409
        assert autre.post(CODE, {"code": code(secret)}).status_code == 303
        assert autre.get("/administration/entites").status_code == 200

    def test_the_link_of_a_mail_is_where_the_enrolment_ends(self, production: "Production") -> None:
        admin, lien = production.navigateur(), "/administration/demandes?page=2"
        production.connecter(admin)
        assert admin.get(lien).location == PAGE
        secret = commencer(admin)
        codes = admin.post(f"{PAGE}/confirmer", {"code": code(secret, -1)})
        assert f'href="{lien}"' in codes.text
        # It is taken once: later codes lead home.
        assert f'href="{lien}"' not in admin.post(f"{PAGE}/codes").text

    def test_what_was_sent_or_asked_for_by_a_script_is_no_page_to_go_back_to(
        self, production: "Production"
    ) -> None:
        admin = production.navigateur()
        production.connecter(admin)
        admin.post("/administration/entites/nouveau", {"raison_sociale": "Tapée"})
        admin.htmx("/administration/entites/recherche", {})
        secret = commencer(admin)
        codes = admin.post(f"{PAGE}/confirmer", {"code": code(secret, -1)})
        assert arbre.lire(codes.text).xpath('//main//a[contains(., "continuer")]/@href') == ["/"]

    def test_who_has_a_passkey_alone_shows_it_over_the_form_being_typed(
        self, production: "Production"
    ) -> None:
        """Reconnected by the password: a fragment brings the dialog again, a page leads to the other step."""
        admin = production.navigateur()
        production.connecter(admin)
        qui = production.scene.troupe.administrateur.individu_id

        def donner_une_cle() -> None:
            cle = {"identifiant": b"x", "cle_publique": b"y", "libelle": "Bureau", "cree_le": instant_reel()}
            db.session.add(CleAcces(individu_id=qui, **cle))
            db.session.commit()

        production.scene.dans(donner_une_cle)
        reponse = admin.htmx("/administration/entites/nouveau", {"raison_sociale": "Tapée"})
        assert reponse.status_code == 401 and "Utilisez votre clé d’accès" in reponse.text
        assert 'hx-post="/connexion/cle-acces"' in reponse.text and "HX-Redirect" not in reponse.headers
        assert admin.get("/administration/entites").location == PAGE

    def test_a_password_chosen_before_the_role_is_made_longer_first(self, production: "Production") -> None:
        admin = production.navigateur()
        production.connecter(admin, mot_de_passe_long=False)
        inscrire(admin)
        champs = {"mot_de_passe": MOT_DE_PASSE, "nouveau": "pile agrafe 12", "confirmation": "pile agrafe 12"}
        for entetes in ({}, {"HX-Request": "true", "HX-Request-Type": "partial"}):
            reponse = admin.get("/administration/entites", headers=entetes)
            assert (reponse.headers.get("HX-Redirect") or reponse.location) == LONG
        assert "seize caractères" in admin.get(LONG).text
        refuse = admin.post(LONG, champs)
        assert refuse.status_code == 422 and "16 caractères au moins" in refuse.text
        nouveau = {"nouveau": "pile agrafe 1234", "confirmation": "pile agrafe 1234"}
        assert admin.post(LONG, champs | nouveau).location == "/administration/entites"
        assert admin.get("/administration/entites").status_code == 200
        assert "seize caractères" not in admin.get(LONG).text

    def test_others_are_only_offered_it(self, production: "Production") -> None:
        gestionnaire = production.navigateur()
        production.connecter(gestionnaire, production.scene.troupe.gestionnaire.individu_id)
        assert gestionnaire.get(production.scene.adresse("/informations")).status_code == 200
        assert "Un administrateur doit" not in gestionnaire.get(PAGE).text


def test_a_demonstration_only_offers_it(navigateur: Navigateur) -> None:
    navigateur.connecter("admin")
    assert navigateur.get("/administration/entites").status_code == 200
    assert "Un administrateur doit" not in navigateur.get(PAGE).text


class ClientDeProduction(FlaskClient):
    """A browser that asks for the site by its name, in https."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        return super().open(*args, **{"base_url": Production.URL, **options})


class Production:
    """The application in production: https, its own name, cookies to match."""

    URL = "https://certif.example"

    def __init__(self, scene: Scene, app: Flask) -> None:
        self.scene = scene
        self.app = app

    def navigateur(self) -> Navigateur:
        client = ClientDeProduction(self.app, self.app.response_class)
        client.environ_base["HTTP_REFERER"] = f"{self.URL}/"
        return Navigateur(client)

    def connecter(
        self, navigateur: Navigateur, individu_id: int = 0, *, mot_de_passe_long: bool = True
    ) -> TestResponse:
        qui = individu_id or self.scene.troupe.administrateur.individu_id

        def donner_un_mot_de_passe() -> str:
            individu = db.session.get_one(Individu, qui)
            individu.mot_de_passe = self.scene.hache
            individu.mot_de_passe_long = mot_de_passe_long
            db.session.commit()
            return individu.email or ""

        return navigateur.connecter(self.scene.dans(donner_un_mot_de_passe))


def _prendre_le_jeton(navigateur: Navigateur, reponse: TestResponse) -> None:
    champ = re.search(r'name="csrf_token" value="([^"]+)"', reponse.text)
    assert champ
    navigateur.jeton = champ[1]
