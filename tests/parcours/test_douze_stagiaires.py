"""A session of twelve, from nothing to the certificates: what the three of them click and type, counted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.compteur import Compteur, lien_du_courrier
from tests.parcours.pages import Liste, PageSession, groupe

MAROSE = "/entite/1"


@pytest.mark.parametrize(("js", "clics", "champs"), [(True, 16, 4), (False, 20, 4)])
def test_few_clicks_and_fields(ouvrir: Callable[..., Page], js: bool, clics: int, champs: int) -> None:
    entite, compteur = ouvrir("romain@marose.example", js=js), Compteur()
    formateur = ouvrir("stephanie@formateurs.example", js=js, largeur=390)
    marques = ("Douze", "Groupe") if js else ("Treize", "Équipe")
    tableau = [("Nom", "Prénom", "Date de naissance"), *groupe(marques[0]), *groupe(marques[1])]

    Liste(entite, MAROSE).aller()
    compteur.cliquer(entite.get_by_role("button", name="Nouvelle session").first)
    entite.wait_for_url("**/session")
    numero = int(entite.url.split("/")[-2])
    compteur.choisir(entite.get_by_label("Certificat", exact=True), "SST-1")
    compteur.cliquer(entite.get_by_role("button", name="69007 LYON"))
    expect(entite.get_by_label("Code postal", exact=True)).to_have_value("69007")
    compteur.cliquer(entite.get_by_label("Stage initial", exact=True))
    compteur.taper(entite.get_by_label("Date de fin de session", exact=True), format_date(aujourd_hui()))
    suivant(entite, compteur, "**/formateur")
    compteur.cliquer(entite.get_by_role("button", name=re.compile("STE10001")))
    expect(entite.get_by_text("(STE10001) peut être déclarée")).to_be_visible()
    suivant(entite, compteur, "**/stagiaires")
    compteur.cliquer(entite.get_by_role("link", name="Coller une liste"))
    compteur.coller(entite.locator("#lignes"), "\n".join("\t".join(s) for s in tableau))
    if not js:
        compteur.cliquer(entite.get_by_role("button", name="Lire la liste"))
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
    compteur.cliquer(
        entite.locator("dialog[open], .recapitulatif").get_by_role("button", name="Générer les certificats")
    )
    PageSession(entite, MAROSE, numero).attendre_les_certificats()
    expect(entite.get_by_text("12 candidats ont validé la certification")).to_be_visible()

    print(
        f"twelve, {'with' if js else 'without'} JavaScript: {compteur.clics} clicks, {compteur.champs} fields"
    )
    assert compteur.clics <= clics and compteur.champs <= champs


def suivant(page: Page, compteur: Compteur, vers: str) -> None:
    lien = page.get_by_role("link", name="Suivant")
    compteur.cliquer(page.get_by_role("button", name="Suivant").or_(lien).last)
    page.wait_for_url(vers)
