"""What is pressed twice happens once, and what an answer puts under the pointer is not pressed by it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.parcours.pages import Liste, PageFormateur
from tests.parcours.test_ecrans import ROMAIN, STEPHANIE
from tests.parcours.test_incidents import MAROSE, soumise


def envois(page: Page) -> list[str]:
    """The addresses that this page posts to from now on."""
    recus: list[str] = []

    def noter(requete: Request) -> None:
        if requete.method == "POST":
            recus.append(requete.url)

    page.on("request", noter)
    return recus


@pytest.mark.parametrize("delai", [0, 250], ids=["before the answer", "after it"])
def test_all_of_them_and_its_undoing_are_sent_once(ouvrir: Callable[..., Page], delai: int) -> None:
    session = soumise(ouvrir(ROMAIN), "Deux clics lents" if delai else "Deux clics")
    page = ouvrir(STEPHANIE, largeur=390)
    reponses = PageFormateur(page, session.numero).aller()
    page.route("**/resultats/*", lambda route: (page.wait_for_timeout(600 - 2 * delai), route.continue_()))
    for bouton, choisies in (("Tous en réussite", 2), ("Annuler", 0)):
        vus = envois(page)
        page.get_by_role("button", name=bouton).dblclick(delay=delai / 2)
        expect(page.get_by_role("button", name=bouton)).to_have_count(0)
        page.wait_for_timeout(300)
        assert len(vus) == 1
        expect(page.locator("li.reponse input[name^='resultat']:checked")).to_have_count(choisies)
    reponses.repondre({"Anne-Sophie": "Réussite", "João": "Échec"})
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    reponses.envoyer()


def test_slow_second_clicks_wait_with_the_first(ouvrir: Callable[..., Page]) -> None:
    session = soumise(ouvrir(ROMAIN), "Deux clics espacés")
    page = ouvrir(STEPHANIE)
    PageFormateur(page, session.numero).aller()
    page.route("**/resultats/*", lambda route: (page.wait_for_timeout(900), route.continue_()))
    vus = envois(page)
    for _ in range(2):
        page.get_by_role("button", name="Tous en réussite").click()
    expect(page.get_by_role("button", name="Annuler")).to_be_visible()
    page.wait_for_timeout(300)
    assert len(vus) == 1


@pytest.mark.parametrize("delai", [0, 200], ids=["before the answer", "after it"])
def test_another_formateur_is_declared_once(ouvrir: Callable[..., Page], delai: int) -> None:
    page = ouvrir(ROMAIN)
    session = Liste(page, MAROSE).aller().nouvelle_session()
    session.remplir()
    session.suivant()
    for numero in ("DUO10002", "STE10001"):
        session.declarer(numero)
    page.get_by_text("Déclarer un autre formateur").click()
    page.locator(".puce", has_text="DUO10002").dblclick(delay=delai)
    declare = page.locator("h2#formateur-declare")
    expect(declare).to_contain_text("DUO10002")
    if not delai:  # else the second press takes it to where it falls
        expect(declare).to_be_focused()
    expect(declare).to_be_in_viewport()
    expect(page.locator("details.depli")).not_to_have_attribute("open", "")
    page.wait_for_timeout(500)
    expect(declare).to_contain_text("DUO10002")
