"""Logging in and out through the pages, and what old cookies are worth."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from certif.domaine.acces import hachage
from certif.domaine.acces.modeles import Connexion, TentativeConnexion
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.socle.base.extensions import db
from certif.web.connexion import chemin_sur
from tests.web.distribution import Monde, Navigateur, email

ADMINISTRATION = "/administration/entites"
DEPART = "2026-06-10T10:00:00Z"


def test_one_space_is_entered_at_once_several_are_offered(navigateur: Navigateur) -> None:
    assert navigateur.connecter("admin").location == "/"
    assert navigateur.get("/").location == "/administration/"
    navigateur.connecter("double")
    page = navigateur.get("/")
    assert page.status_code == 200
    assert "Délégataire – ENTITÉ A" in page.text
    assert 'href="/formateur/"' in page.text


def test_a_person_without_a_role_is_told_so(navigateur: Navigateur) -> None:
    navigateur.connecter("personne")
    assert "Aucun espace ouvert" in navigateur.get("/").text


def test_the_page_asked_for_comes_after_the_login(navigateur: Navigateur) -> None:
    assert navigateur.get(ADMINISTRATION).location == f"/connexion?suivant={ADMINISTRATION}"
    assert navigateur.connecter("admin", suivant=ADMINISTRATION).location == ADMINISTRATION


@pytest.mark.parametrize(
    "suivant",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/%0d%0aLocation:https://evil.example",
        "/\r\nX: y",
        "/%5cevil.example",
        "/%2f/evil.example",
        "/%2fevil.example",
        "evil",
        "",
        None,
        " /x",
        "/é",
        "/\t/evil.example",
        "/" + "x" * 500,
        "/deconnexion",
        "/connexion?suivant=/x",
    ],
)
def test_nothing_leads_elsewhere(suivant: str | None) -> None:
    assert chemin_sur(suivant) is None


def test_paths_of_the_site_are_kept() -> None:
    for chemin in ("/", "/entite/1/", "/entite/1/certification/a-traiter?tri=numero&page=2", "/x%20y"):
        assert chemin_sur(chemin) == chemin


def test_a_refusal_keeps_the_identifier_and_says_nothing_of_the_account(
    navigateur: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifies = []
    vrai = hachage.verifier
    monkeypatch.setattr(hachage, "verifier", lambda h, m: verifies.append(h) or vrai(h, m))
    connue, inconnue = (navigateur.connecter(qui, "faux") for qui in ("admin", "nulle@part.example"))
    assert (connue.status_code, inconnue.status_code) == (422, 422)
    assert len(verifies) == 2
    assert email("admin") in connue.text
    assert _sans_jeton(connue.text, email("admin")) == _sans_jeton(inconnue.text, "nulle@part.example")


def test_the_eleventh_try_is_refused_from_a_new_browser_and_taken_from_a_known_one(
    navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    assert navigateur.connecter("admin").status_code == 303
    navigateur.post("/deconnexion")
    for _ in range(10):
        assert autre_navigateur.connecter("admin", "faux").status_code == 422
    refus = autre_navigateur.connecter("admin")
    assert refus.status_code == 429
    assert "Réessayez dans 15 minutes" in refus.text
    assert navigateur.connecter("admin").status_code == 303


def test_a_spoofed_forwarded_address_does_not_open_the_throttle(monde: Monde, navigateur: Navigateur) -> None:
    navigateur.get("/connexion")
    for n in range(3):
        navigateur.post(
            "/connexion",
            {"identifiant": "x", "mot_de_passe": "y"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )
    with monde.app.app_context():
        assert set(db.session.scalars(select(TentativeConnexion.adresse))) == {"127.0.0.1"}


def test_the_cookies_are_shut_to_scripts_and_to_other_sites(navigateur: Navigateur) -> None:
    cookies = navigateur.connecter("admin").headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_a_cookie_from_before_the_logout_is_dead(
    navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    navigateur.connecter("admin")
    ancien = navigateur.cookie()
    reponse = navigateur.post("/deconnexion")
    assert reponse.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert navigateur.get(ADMINISTRATION).status_code == 303
    autre_navigateur.client.set_cookie("certif", ancien)
    assert autre_navigateur.get(ADMINISTRATION).status_code == 303


def test_logging_out_here_leaves_the_other_browser_alone(
    navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    navigateur.connecter("admin")
    autre_navigateur.connecter("admin")
    navigateur.post("/deconnexion")
    assert autre_navigateur.get(ADMINISTRATION).status_code == 200


@pytest.mark.parametrize(
    "valeurs",
    [{"actif": False}, {"fin_le": date(2020, 1, 1)}, {"timbre": nouveau_timbre()}],
    ids=lambda v: next(iter(v)),
)
def test_deactivation_end_date_and_new_stamp_act_at_the_next_request(
    monde: Monde, navigateur: Navigateur, valeurs: dict[str, object]
) -> None:
    navigateur.connecter("admin")
    assert navigateur.get(ADMINISTRATION).status_code == 200
    monde.modifier(Individu, monde.individus["admin"], **valeurs)
    assert navigateur.get(ADMINISTRATION).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "é" * 3])
def test_a_tampered_cookie_is_no_login(navigateur: Navigateur, cookie: str) -> None:
    navigateur.client.set_cookie("certif", cookie)
    assert navigateur.get(ADMINISTRATION).status_code == 303


def test_unused_for_twelve_hours_it_is_over_used_it_slides_to_seven_days(navigateur: Navigateur) -> None:
    with time_machine.travel(DEPART, tick=False) as temps:
        navigateur.connecter("admin")
        for _ in range(14):
            temps.shift(timedelta(hours=12) - timedelta(seconds=1))
            assert navigateur.get(ADMINISTRATION).status_code == 200
        temps.shift(timedelta(minutes=1))
        assert navigateur.get(ADMINISTRATION).status_code == 303
        navigateur.connecter("admin")
        temps.shift(timedelta(hours=12, seconds=1))
        assert navigateur.get(ADMINISTRATION).status_code == 303


def test_reading_writes_nothing(monde: Monde, navigateur: Navigateur) -> None:
    navigateur.connecter("admin")
    with monde.app.app_context():
        avant = db.session.scalar(select(func.max(Connexion.cree_le)))
    with time_machine.travel("2026-11-23T23:00:00Z"):
        navigateur.get(ADMINISTRATION)
    with monde.app.app_context():
        assert db.session.scalar(select(func.max(Connexion.cree_le))) == avant


def test_another_login_in_the_same_browser_ends_the_first(monde: Monde, navigateur: Navigateur) -> None:
    navigateur.connecter("admin")
    premier = navigateur.cookie()
    navigateur.connecter("double")
    navigateur.client.set_cookie("certif", premier)
    assert navigateur.get(ADMINISTRATION).status_code == 303


@pytest.mark.parametrize(
    "champs",
    [
        {},
        {"identifiant": ""},
        {"identifiant": "x" * 50_000, "mot_de_passe": "y"},
        {"identifiant": "a\0b", "mot_de_passe": "\0"},
        {"identifiant": ["a", "b"], "mot_de_passe": ["c", "d"]},
        {"identifiant": b"\xff\xfe", "mot_de_passe": b"\xff"},
        {"identifiant": "a@b\r\nBcc: c@d", "mot_de_passe": "x"},
        {"identifiant": "x", "mot_de_passe": "y", "suivant": "//evil.example", "role": "administrateur"},
    ],
)
def test_hostile_fields_are_refused_like_any_other(navigateur: Navigateur, champs: dict[str, object]) -> None:
    navigateur.get("/connexion")
    reponse = navigateur.post("/connexion", champs)
    assert reponse.status_code == 422
    assert "incorrect" in reponse.text
    assert "evil.example" not in reponse.text


def _sans_jeton(texte: str, identifiant: str) -> str:
    return re.sub(r'value="[^"]*"|X-CSRFToken": "[^"]*"', "", texte.replace(identifiant, ""))
