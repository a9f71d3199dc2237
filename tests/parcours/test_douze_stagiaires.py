"""A session of twelve, from nothing to the certificates: what the three of them click and type, counted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.compteur import Compteur, douze, en_ligne, jusqu_aux_certificats, sans_reseau
from tests.parcours.pages import Liste, PageSession

MAROSE = "/entite/1"


@pytest.mark.parametrize(("js", "clics", "champs"), [(True, 16, 4), (False, 20, 4)])
def test_few_clicks_and_fields(
    request: pytest.FixtureRequest, ouvrir: Callable[..., Page], js: bool, clics: int, champs: int
) -> None:
    """With JavaScript the formateur answers on a phone that was offline and killed in between."""
    entite, compteur = ouvrir("romain@marose.example", js=js), Compteur()
    if js:
        repondre = sans_reseau(*request.getfixturevalue("telephone"))
    else:
        repondre = en_ligne(ouvrir("stephanie@formateurs.example", js=False, largeur=390))
    marques = ("Douze", "Groupe") if js else ("Treize", "Équipe")

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
    session = PageSession(entite, MAROSE, numero)
    jusqu_aux_certificats(compteur, entite, session, douze(*marques), repondre)

    print(
        f"twelve, {'with' if js else 'without'} JavaScript: {compteur.clics} clicks, {compteur.champs} fields"
    )
    assert compteur.clics <= clics and compteur.champs <= champs


def suivant(page: Page, compteur: Compteur, vers: str) -> None:
    lien = page.get_by_role("link", name="Suivant")
    compteur.cliquer(page.get_by_role("button", name="Suivant").or_(lien).last)
    page.wait_for_url(vers)
