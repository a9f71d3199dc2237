"""From a model to the certificates: what the three of them click and type, counted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.compteur import Compteur, douze, en_ligne, jusqu_aux_certificats
from tests.parcours.pages import Liste, PageSession

MAROSE, SOURCE = "/entite/1", 5
"""The demonstration's session that was sent back: whole, with its formateur."""
CLICS, CHAMPS = 10, 1


@pytest.fixture
def modele(ouvrir: Callable[..., Page]) -> str:
    """Kept by the gestionnaire from a session of the demonstration."""
    page = ouvrir("romain@marose.example")
    page.goto(f"{MAROSE}/sessions/{SOURCE}")
    page.get_by_role("link", name="Garder comme modèle").click()
    page.get_by_label("Nom du modèle").fill("Client du port")
    page.get_by_role("button", name="Garder le modèle").click()
    expect(page.locator("#messages")).to_contain_text("Le modèle est gardé")
    return "Client du port"


def test_ten_clicks_and_one_field(ouvrir: Callable[..., Page], modele: str) -> None:
    entite, compteur = ouvrir("romain@marose.example"), Compteur()
    formateur = ouvrir("stephanie@formateurs.example", largeur=390)

    Liste(entite, MAROSE).aller()
    compteur.cliquer(entite.get_by_role("button", name=modele))
    entite.wait_for_url("**/session")
    numero = int(entite.url.split("/")[-2])
    compteur.taper(entite.get_by_label("Date de fin de session", exact=True), format_date(aujourd_hui()))
    compteur.cliquer(entite.get_by_role("button", name="Suivant"))
    entite.wait_for_url("**/stagiaires")
    session = PageSession(entite, MAROSE, numero)
    jusqu_aux_certificats(compteur, entite, session, douze("Modèle", "Port"), en_ligne(formateur))

    print(f"from a model: {compteur.clics} clicks, {compteur.champs} typed field")
    assert compteur.clics <= CLICS and compteur.champs <= CHAMPS
