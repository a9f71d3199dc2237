"""Browsers that stop before what a page uses still reach all of it (docs/decisions: navigateurs)."""

from playwright.sync_api import expect

from tests.parcours.conftest import Ouvrir

BEFORE_POPOVERS = """
delete HTMLElement.prototype.popover;
addEventListener("DOMContentLoaded", () => document.querySelector("#menu")?.removeAttribute("popover"));
"""


def test_the_menu_of_a_phone_opens_without_popovers(ouvrir: Ouvrir) -> None:
    page = ouvrir("stephanie@formateurs.example", largeur=390)
    page.add_init_script(BEFORE_POPOVERS)
    page.goto("/formateur/sessions/a-traiter")
    menu = page.get_by_role("navigation", name="Menu principal")
    button = page.get_by_role("button", name="Menu")
    expect(menu).to_be_hidden()
    button.click()
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
