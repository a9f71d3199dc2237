"""Every page of the demonstration, link after link, for each of its actors."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from certif import demo
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.web import arbre
from tests.web.distribution import Navigateur

pytestmark = pytest.mark.lent

# Each combination of filters and order is one more address of the same page.
PROFONDEUR_DE_REQUETE = 1


@pytest.fixture
def demonstration(app: Flask) -> Flask:
    """The application with its demonstration, nothing being produced yet."""
    with app.app_context():
        demo.charger()
    return app


# The others of the demonstration have the same pages as these.
@pytest.mark.parametrize(
    "identifiant",
    [
        "",
        "romain@marose.example",
        "delegue@marose.example",
        "stephanie@formateurs.example",
        "admin@certif.example",
    ],
)
def test_every_link_leads_to_a_page_in_order(demonstration: Flask, identifiant: str) -> None:
    navigateur = Navigateur(demonstration.test_client())
    if identifiant:
        navigateur.connecter(identifiant, MOT_DE_PASSE_DEMO)
    vues = dict(parcourir(navigateur))
    assert len(vues) >= 1
    if identifiant.startswith("romain"):
        with demonstration.app_context():
            for numero in db.session.scalars(
                select(SessionCertification.numero).filter_by(etat=Etat.GENERATION)
            ):
                produire(numero)
        assert any("telechargements/certificats" in adresse for adresse, _ in parcourir(navigateur))


def parcourir(navigateur: Navigateur) -> Iterator[tuple[str, str | None]]:
    """Every address that one reaches by links, each checked once."""
    a_voir, vues = ["/"], set()
    while a_voir:
        adresse = a_voir.pop()
        if adresse in vues:
            continue
        vues.add(adresse)
        reponse = navigateur.get(adresse, follow_redirects=True)
        assert reponse.status_code == 200, adresse
        yield adresse, reponse.mimetype
        if reponse.mimetype != "text/html":
            continue
        page = arbre.verifier(reponse.text, adresse)
        for href in page.xpath("//a/@href | //*[not(self::form)]/@hx-get"):
            if href.startswith("#"):
                continue
            suivante = urlsplit(urljoin(f"http://localhost{reponse.request.path}", href))
            if suivante.hostname == "localhost" and suivante.query.count("=") <= PROFONDEUR_DE_REQUETE:
                a_voir.append(suivante._replace(scheme="", netloc="", fragment="").geturl())
