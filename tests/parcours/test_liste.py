"""*Coller une liste*: pasted with a keyboard, or typed and sent without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.parcours.accessibilite import CONTRASTES, juger, tient_sous_le_pouce
from tests.parcours.pages import Liste, sans_js

COURRIEL = """Bonjour,

Voici les stagiaires :
- DUPONT Marie, née le 14/02/1990
- M. Paul LEROY né le 1/3/1985
- Mme de LA TOUR Anne née le 28.11.79 à Lyon
- BERGER Luc, né le 31/02/1990

Cordialement
"""


@pytest.mark.parametrize(("js", "largeur"), [(True, 1280), (True, 390), (False, 390)])
def test_a_mail_becomes_stagiaires(ouvrir: Callable[..., Page], js: bool, largeur: int) -> None:
    page = ouvrir("romain@marose.example", js=js, largeur=largeur)
    session = Liste(page, "/entite/1").aller().nouvelle_session().aller("stagiaires")
    page.get_by_role("link", name="Coller une liste").click()
    coller(page, COURRIEL)
    expect(page.get_by_role("heading", name="7 lignes lues")).to_be_visible()
    if js:  # nothing runs in a page whose scripts are off, axe neither
        juger(page, "light")
    page.get_by_role("button", name="Oui, lire ainsi").click()
    bouton, titre = page.locator("#tout-ajouter"), page.locator("#liste h2")
    expect(titre).to_contain_text("3 stagiaires à ajouter, 1 ligne à corriger, 3 lignes laissées")
    bouton.click()
    expect(page.get_by_text("3 stagiaires ajoutés. 1 ligne reste à corriger ci-dessous.")).to_be_visible()
    page.get_by_label("Date de naissance, ligne 7").fill("28/02/1990")
    page.get_by_label("Date de naissance, ligne 7").press("Enter")
    expect(titre).to_contain_text("1 stagiaire à ajouter")
    bouton.click()
    expect(page.get_by_role("heading", name="4 stagiaires")).to_be_visible()
    noms = session.aller("stagiaires").page.locator("#stagiaires tbody th").all_inner_texts()
    assert noms == ["DUPONT", "LEROY", "DE LA TOUR", "BERGER"]


def test_the_preview_at_night_and_under_a_thumb(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir("romain@marose.example", largeur=390)
    Liste(page, "/entite/1").aller().nouvelle_session().aller("stagiaires/liste")
    coller(page, COURRIEL)
    page.get_by_text("Colonnes lues").click()
    juger(page, "dark", CONTRASTES)
    page.set_viewport_size({"width": 320, "height": 640})
    tient_sous_le_pouce(page)


def test_without_a_script_going_back_and_reading_again_send_nothing(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir("romain@marose.example", js=False)
    session = Liste(page, "/entite/1").aller().nouvelle_session().aller("stagiaires")
    page.get_by_role("link", name="Coller une liste").click()
    coller(page, COURRIEL)
    lues = page.get_by_role("heading", name="7 lignes lues")
    expect(lues).to_be_visible()
    page.get_by_label("Date de naissance, ligne 7").fill("28/02/1990")
    page.get_by_label("Date de naissance, ligne 7").press("Enter")
    page.get_by_role("button", name="Oui, lire ainsi").click()
    bouton, titre = page.locator("#tout-ajouter"), page.locator("#liste h2")
    expect(titre).to_contain_text("4 stagiaires à ajouter, 3 lignes laissées")

    page.reload()
    expect(titre).to_contain_text("4 stagiaires à ajouter, 3 lignes laissées")
    page.get_by_role("link", name="Annuler").click()
    page.go_back()
    expect(titre).to_contain_text("4 stagiaires à ajouter, 3 lignes laissées")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200

    bouton.click()
    expect(page.get_by_role("heading", name="4 stagiaires")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Ces lignes ne sont plus gardées")).to_be_visible()
    expect(page.get_by_label("Collez ici vos stagiaires, une personne par ligne")).to_be_visible()
    session.aller("stagiaires")
    expect(page.get_by_role("heading", name="4 stagiaires")).to_be_visible()


def test_without_a_script_two_lists_at_once_and_a_double_submission(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir("romain@marose.example", js=False)
    session = Liste(page, "/entite/1").aller().nouvelle_session().aller("stagiaires/liste")
    coller(page, COURRIEL)
    autre = page.context.new_page()
    autre.goto(page.url.partition("/apercu")[0])
    coller(autre, "PETIT Luc, né le 01/01/1990")
    expect(autre.get_by_role("heading", name="1 ligne lue")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="7 lignes lues")).to_be_visible()

    autre.locator("#tout-ajouter").dblclick(no_wait_after=True)
    expect(autre.get_by_role("heading", name="1 stagiaire")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Oui, lire ainsi").click()
    page.locator("#tout-ajouter").dblclick(no_wait_after=True)
    expect(page.get_by_text("1 ligne reste à corriger")).to_be_visible()
    noms = session.aller("stagiaires").page.locator("#stagiaires tbody th").all_inner_texts()
    assert noms == ["PETIT", "DUPONT", "LEROY", "DE LA TOUR"]


def coller(page: Page, texte: str) -> None:
    """Into the field that has the focus: a paste is enough with JavaScript."""
    champ = page.get_by_label("Collez ici vos stagiaires, une personne par ligne")
    if sans_js(page):
        champ.fill(texte)
        page.get_by_role("button", name="Lire la liste").click()
        return
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("texte => navigator.clipboard.writeText(texte)", texte)
    expect(champ).to_be_focused()
    page.keyboard.press("Control+V")
