"""The exact headers, and the only host of production."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from certif import create_app
from certif.config import Config

ENTETES = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

PDF_MONTRE = ENTETES | {
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
}
"""Of a PDF that was made here and that the browser shows: nothing in it runs, nothing is fetched for it."""


@pytest.fixture
def production(tmp_path: Path, config: Config) -> Flask:
    """The same database, in production; what it seals with is not used here."""
    from dataclasses import replace

    return create_app(replace(config, mode="production", url="https://certif.example"))


@pytest.mark.parametrize(
    "adresse", ["/connexion", "/administration/entites", "/nulle-part", "/demo/courriers", "/sante"]
)
def test_exact_headers_on_every_dynamic_answer(client: FlaskClient, adresse: str) -> None:
    reponse = client.get(adresse)
    assert {nom: reponse.headers.get(nom) for nom in ENTETES} == ENTETES
    assert {"HX-Request", "HX-Request-Type"} <= set(reponse.vary)
    assert "Strict-Transport-Security" not in reponse.headers
    assert "Server" not in reponse.headers


def test_static_files_are_immutable_compressed_and_shut(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        adresse = app.url_for("static", filename="css/jetons.css")
    reponse = client.get(adresse, headers={"Accept-Encoding": "br"})
    assert reponse.status_code == 200
    assert reponse.headers["Content-Encoding"] == "br"
    assert reponse.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert reponse.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in reponse.headers
    assert client.get(adresse.replace("jetons.css", "../../../app.py")).status_code == 404


def test_production_has_hsts_on_static_files_too(production: Flask) -> None:
    with production.test_request_context(base_url="https://certif.example"):
        adresse = production.url_for("static", filename="css/jetons.css")
    reponse = production.test_client().get(adresse, base_url="https://certif.example")
    assert reponse.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_production_has_strict_cookies_hsts_and_no_demonstration(production: Flask) -> None:
    client = production.test_client()
    reponse = client.get("/connexion", base_url="https://certif.example")
    assert reponse.status_code == 200
    assert reponse.headers["Strict-Transport-Security"] == "max-age=63072000"
    cookie = reponse.headers["Set-Cookie"]
    assert cookie.startswith("__Host-certif=")
    assert "; Secure; HttpOnly; Path=/; SameSite=Lax" in cookie
    assert "demonstration" not in reponse.text.casefold()
    assert "Certif-demo" not in reponse.text
    assert client.get("/demo/courriers", base_url="https://certif.example").status_code == 404


@pytest.mark.parametrize(
    "hote", ["evil.example", "certif.example.evil", "certif.example:8080", "127.0.0.1", "x@certif.example"]
)
def test_production_answers_to_its_own_name_only(production: Flask, hote: str) -> None:
    client = production.test_client()
    assert client.get("/connexion", headers={"Host": hote}).status_code == 400
    reponse = client.get(
        "/connexion",
        base_url="https://certif.example",
        headers={"X-Forwarded-Host": hote, "X-Forwarded-For": "192.0.2.1"},
    )
    assert reponse.status_code == 200
    assert hote not in reponse.text


def test_production_lets_a_supervisor_ask_for_its_health_by_any_name(production: Flask) -> None:
    assert production.test_client().get("/sante", headers={"Host": "127.0.0.1:8000"}).status_code in (
        200,
        503,
    )
