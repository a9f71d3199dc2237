"""A passkey in a real browser, with the authenticator that Chromium plays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.parcours.pages import Connexion, Liste

COMPTE = "delegue2@marose.example"
PAGE = "/compte/cles-acces"


def brancher(page: Page, *, verifie: bool = True) -> None:
    """Give this browser an authenticator that keeps passkeys, and recognises its user or not."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifie,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def entrer_par_la_cle(page: Page) -> None:
    page.goto("/connexion")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()


@pytest.mark.parametrize("largeur", [1280, 320])
def test_added_it_opens_the_account_removed_it_does_not(ouvrir: Callable[..., Page], largeur: int) -> None:
    page = ouvrir(COMPTE, seul=True, largeur=largeur)
    brancher(page)
    page.goto(PAGE)
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("Donnez à cette clé un nom")).to_be_visible()
    page.get_by_label("Nom de cette clé").fill(f"Ordinateur {largeur}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Ordinateur {largeur}")).to_be_visible()
    page.context.clear_cookies()

    entrer_par_la_cle(page)
    page.wait_for_url("**/sessions/**")
    page.goto(PAGE)
    expect(page.get_by_text("Dernière connexion le")).to_be_visible()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Clé d’accès retirée")).to_be_visible()
    page.context.clear_cookies()

    entrer_par_la_cle(page)
    expect(page.get_by_text("n’ouvre aucun compte ici")).to_be_visible()
    Connexion(page).entrer(COMPTE)


def test_in_the_dialog_it_goes_on_with_the_form_being_typed(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir("romain@marose.example", seul=True)
    brancher(page)
    page.goto(PAGE)
    page.get_by_label("Nom de cette clé").fill("Dialogue")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_role("heading", name="Dialogue")).to_be_visible()
    Liste(page, "/entite/1").aller().nouvelle_session()
    page.locator("#reference_interne").fill("Tapée avant la clé")
    page.context.clear_cookies()
    page.get_by_role("button", name="Enregistrer").click()
    dialogue = page.get_by_role("dialog", name="Votre connexion a expiré")
    dialogue.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(dialogue).to_have_count(0)
    expect(page.locator("#reference_interne")).to_have_value("Tapée avant la clé")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    page.goto(PAGE)
    page.get_by_role("button", name="Retirer").click()


def test_an_authenticator_without_its_user_says_so_and_nothing_changes(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(COMPTE, seul=True)
    brancher(page, verifie=False)
    page.goto(PAGE)
    page.get_by_label("Nom de cette clé").fill("Trouvée")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("n’a pas fait de clé d’accès")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Trouvée")).to_have_count(0)


def test_without_scripts_the_page_says_what_still_works(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(COMPTE, seul=True, js=False)
    page.goto(PAGE)
    expect(page.get_by_text("La double authentification fonctionne sans eux")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter une clé d’accès")).to_have_count(0)
