"""Errors in French, with their status, as a page or over the page; no trace, no 500 for an input."""

import re

import pytest
from flask import Flask

from certif.domaine import erreurs as domaine
from certif.web.erreurs import STATUTS, statut_de
from tests.web.distribution import Monde, Navigateur


def test_every_error_of_the_business_has_its_status() -> None:
    generales = {g for g in domaine.ErreurMetier.__subclasses__() if g.__module__ == domaine.__name__}
    assert set(STATUTS) == generales
    assert statut_de(domaine.ErreurMetier("x")) == 422


@pytest.mark.parametrize(
    ("genre", "statut", "texte"),
    [
        ("regle", 422, "La règle s’y oppose."),
        ("version", 409, "Karine PARIS a changé la date de fin."),
        ("donnee", 400, "Rien n’a été modifié."),
        ("panne", 500, "Un problème est survenu"),
    ],
)
def test_page_and_fragment(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur, genre: str, statut: int, texte: str
) -> None:
    application_d_essai.testing = False
    adresse = f"/entite/{monde.entites['A']}/essai/refus/{genre}"
    navigateur.connecter("gestionnaire")
    page = navigateur.post(adresse)
    assert (page.status_code, texte in page.text, "<html" in page.text) == (statut, True, True)
    morceau = navigateur.htmx(adresse)
    assert (morceau.status_code, texte in morceau.text, "<html" in morceau.text) == (statut, True, False)
    for reponse in (page, morceau):
        assert "secret-du-domaine" not in reponse.text
        assert "Traceback" not in reponse.text


def test_a_breakdown_is_told_with_what_finds_it_in_the_log(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur, capfd: pytest.CaptureFixture[str]
) -> None:
    application_d_essai.testing = False
    adresse = f"/entite/{monde.entites['A']}/essai/refus/panne"
    navigateur.connecter("gestionnaire")
    for envoyer in (navigateur.post, navigateur.htmx):
        page = envoyer(adresse).text
        (reference,) = re.findall(r"Référence à indiquer au support(?:\W|nbsp)+([0-9a-f]{16})", page)
        dit = [ligne for ligne in capfd.readouterr().err.splitlines() if "erreur imprévue" in ligne]
        assert dit and all(reference in ligne for ligne in dit)


def test_too_much_is_refused_in_french(navigateur: Navigateur) -> None:
    navigateur.rafraichir()
    trop_de_champs = navigateur.client.post("/connexion", data=_multipart(1_001), content_type=_TYPE)
    trop_long = navigateur.client.post("/connexion", data={"identifiant": "x" * 1_100_000})
    trop_lourd = navigateur.client.post("/connexion", data=b"x" * 12_600_000, content_type="text/plain")
    for reponse in (trop_de_champs, trop_long, trop_lourd):
        assert reponse.status_code == 413
        assert "Envoi trop volumineux" in reponse.text


@pytest.mark.parametrize(
    ("corps", "genre"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"a=%FF%FE&csrf_token=%00", "application/x-www-form-urlencoded"),
        (b'{"csrf_token": 1}', "application/json"),
        (b"--x\r\nrien", "multipart/form-data; boundary=x"),
        (b"rien", "multipart/form-data"),
        (b"<x/>", "text/xml"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-7"),
    ],
)
def test_bodies_that_mean_nothing(navigateur: Navigateur, corps: bytes, genre: str) -> None:
    assert navigateur.client.post("/connexion", data=corps, content_type=genre).status_code == 400


@pytest.mark.parametrize(
    "adresse",
    [
        "/%00",
        "/%ff%fe",
        "/connexion?suivant=%00",
        "/connexion?suivant=%ff",
        "/connexion?suivant=a&suivant=b",
        "//evil.example/",
        "/saisie-conservee/%00",
        "/" + "x" * 8_000,
    ],
)
def test_addresses_that_mean_nothing(navigateur: Navigateur, adresse: str) -> None:
    navigateur.connecter("admin")
    reponse = navigateur.get(adresse)
    assert reponse.status_code in (200, 303, 404, 308)
    assert "evil.example" not in (reponse.location or "")


_TYPE = "multipart/form-data; boundary=limite"


def _multipart(nombre: int) -> bytes:
    partie = b'--limite\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'
    return partie * nombre + b"--limite--\r\n"
