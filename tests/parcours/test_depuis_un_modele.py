"""From a model to the certificates: what the three of them click and type, counted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.compteur import Compteur, lien_du_courrier
from tests.parcours.pages import Liste, PageSession, groupe

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
    tableau = [("Nom", "Prénom", "Date de naissance"), *groupe("Modèle"), *groupe("Port")]

    Liste(entite, MAROSE).aller()
    compteur.cliquer(entite.get_by_role("button", name=modele))
    entite.wait_for_url("**/session")
    numero = int(entite.url.split("/")[-2])
    compteur.taper(entite.get_by_label("Date de fin de session", exact=True), format_date(aujourd_hui()))
    compteur.cliquer(entite.get_by_role("button", name="Suivant"))
    entite.wait_for_url("**/stagiaires")
    compteur.cliquer(entite.get_by_role("link", name="Coller une liste"))
    compteur.coller(entite.locator("#lignes"), "\n".join("\t".join(s) for s in tableau))
    compteur.cliquer(entite.get_by_role("button", name=re.compile(r"^12\s")))
    expect(entite.locator("#stagiaires tbody tr[id]")).to_have_count(12)
    compteur.cliquer(entite.get_by_role("button", name="Soumettre au formateur"))
    expect(entite.locator("#etat")).to_contain_text("En cours de validation Formateur")

    formateur.goto(lien_du_courrier(formateur, rf"/formateur/sessions/{numero}[^\s\"<]*"))
    compteur.cliquer(formateur.get_by_role("button", name="Tous en réussite"))
    expect(formateur.get_by_text("12 stagiaires mis en réussite")).to_be_visible()
    compteur.cliquer(formateur.get_by_role("button", name="Soumettre", exact=True))
    expect(formateur.locator("#etat")).to_contain_text("En cours de validation Entité")

    entite.goto(lien_du_courrier(entite, rf"{MAROSE}/sessions/{numero}[^\s\"<]*"))
    compteur.cliquer(entite.get_by_role("button", name="Soumettre", exact=True))
    compteur.cliquer(entite.get_by_role("dialog").get_by_role("button", name="Générer les certificats"))
    PageSession(entite, MAROSE, numero).attendre_les_certificats()
    expect(entite.get_by_text("12 candidats ont validé la certification")).to_be_visible()

    print(f"from a model: {compteur.clics} clicks, {compteur.champs} typed field")
    assert compteur.clics <= CLICS and compteur.champs <= CHAMPS
