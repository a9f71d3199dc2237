"""Nothing is sent over a field that is refused, or not saved yet; its author is brought to it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.parcours.pages import Liste, PageFormateur, PageSession, groupe
from tests.parcours.test_ecrans import ROMAIN, STEPHANIE
from tests.parcours.test_incidents import MAROSE, soumise

NULLE_PART = "31/11/2026"


def prete(page: Page, marque: str) -> PageSession:
    """A session of today that lacks nothing, at its first tab."""
    session = Liste(page, MAROSE).aller().nouvelle_session()
    session.remplir()
    session.suivant()
    session.declarer("STE10001")
    session.suivant()
    session.ajouter(groupe(marque)[:1])
    return session.aller("session")


@pytest.mark.parametrize("largeur", [1280, 390])
@pytest.mark.parametrize("quittee", [True, False], ids=["left", "pressed at once"])
def test_a_refused_date_keeps_the_session_here(
    ouvrir: Callable[..., Page], largeur: int, quittee: bool
) -> None:
    page = ouvrir(ROMAIN, largeur=largeur)
    session = prete(page, f"Tôt {'large' if largeur > 390 else 'étroit'} {'quitté' if quittee else 'pressé'}")
    date = page.get_by_label("Date de fin de session", exact=True)
    juste = date.input_value()
    date.fill(NULLE_PART)
    if quittee:
        date.press("Tab")
        expect(date).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Soumettre au formateur").click()
    avis = page.get_by_text("Rien n’est parti")
    expect(avis).to_be_in_viewport()
    expect(date).to_be_focused()
    expect(date).to_be_in_viewport()
    expect(date).to_have_value(NULLE_PART)
    expect(session.etat).to_contain_text("En cours de saisie")
    date.fill(juste)
    date.press("Tab")
    expect(avis).to_have_count(0)
    session.soumettre()


def test_what_was_just_typed_is_sent_with_the_session(ouvrir: Callable[..., Page]) -> None:
    """The save is still on its way when the button is pressed: it goes first, no conflict with oneself."""
    page = ouvrir(ROMAIN)
    session = prete(page, "Juste avant")

    def plus_tard(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route(re.compile(rf"/sessions/{session.numero}/session$"), plus_tard)
    page.locator("#reference_interne").fill("Tapée juste avant")
    session.soumettre()
    expect(session.aller("session").page.get_by_text("Tapée juste avant")).to_be_visible()


def test_what_could_not_be_saved_keeps_the_session_here(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN)
    session = prete(page, "Sans réseau")
    adresse = re.compile(rf"/sessions/{session.numero}/session$")
    page.route(adresse, lambda route: route.fulfill(status=429, body=""))
    reference = page.locator("#reference_interne")
    reference.fill("Pas encore gardée")
    page.get_by_role("button", name="Soumettre au formateur").click()
    expect(page.get_by_text("Rien n’est parti")).to_be_in_viewport()
    expect(reference).to_be_focused()
    expect(session.etat).to_contain_text("En cours de saisie")
    page.unroute(adresse)
    reference.fill("Gardée")
    session.soumettre()
    expect(session.aller("session").page.get_by_text("Gardée")).to_be_visible()


@pytest.mark.parametrize("quittee", [True, False], ids=["left", "pressed at once"])
def test_a_refused_correction_keeps_the_results_here(ouvrir: Callable[..., Page], quittee: bool) -> None:
    session = soumise(ouvrir(ROMAIN), "Quitté" if quittee else "Pressé")
    page = ouvrir(STEPHANIE, largeur=390)
    reponses = PageFormateur(page, session.numero).aller()
    reponses.repondre({"Anne-Sophie": "Réussite", "João": "Réussite"})
    reponses.corriger("João", date_naissance=NULLE_PART)
    date = page.locator("li.reponse").filter(has_text="João").locator("input[name^='date_naissance-']")
    if quittee:
        date.press("Tab")
        expect(date).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Envoyer les résultats des stagiaires", exact=True).check()
    page.get_by_role("button", name="Soumettre", exact=True).click()
    expect(date).to_be_focused()
    expect(date).to_be_in_viewport()
    expect(date).to_have_value(NULLE_PART)
    expect(page.locator("#etat")).to_contain_text("En cours de validation Formateur")
    date.fill("08/05/1979")
    reponses.envoyer()
