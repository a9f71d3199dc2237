"""An invitation, from the gestionnaire's form to the space that it opens; axe on every screen of the way."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.parcours.accessibilite import CONTRASTES, juger, tient_sous_le_pouce

PHRASE = "cheval agrafe pile correcte"


def regarder(page: Page) -> None:
    """By day on a desktop, by night on a phone, then under a thumb."""
    page.set_viewport_size({"width": 1280, "height": 900})
    juger(page, "light")
    page.set_viewport_size({"width": 390, "height": 844})
    juger(page, "dark", CONTRASTES)
    page.set_viewport_size({"width": 320, "height": 640})
    tient_sous_le_pouce(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def inviter(page: Page, email: str) -> None:
    page.goto("/entite/1/utilisateurs/nouveau")
    page.get_by_label("Nom", exact=True).fill("Moreau")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Rôle").select_option("delegataire")
    page.get_by_role("button", name="Inviter").click()


def test_who_is_invited_answers_by_the_link_or_logged_in(ouvrir: Callable[..., Page]) -> None:
    gestionnaire, karine = ouvrir("romain@marose.example"), ouvrir("karine@guy.example", seul=True)
    inviter(gestionnaire, "karine@guy.example")
    expect(gestionnaire.get_by_role("heading", name="MOREAU")).to_be_visible()
    regarder(gestionnaire)
    inviter(gestionnaire, "moreau@nouvelle.example")
    expect(gestionnaire.get_by_text("portent déjà ce nom")).to_be_visible()
    regarder(gestionnaire)
    gestionnaire.get_by_role("button", name="Inviter").click()
    gestionnaire.get_by_role("link", name="Invitations").first.click()
    regarder(gestionnaire)

    gestionnaire.goto("/demo/courriers")
    gestionnaire.get_by_role("link", name="MAROSE FORMATION vous invite").first.click()
    lien = urlsplit(gestionnaire.get_by_role("link", name="/lien/role").get_attribute("href") or "")
    nouvelle = ouvrir("", seul=True)
    nouvelle.goto(f"{lien.path}?{lien.query}")
    regarder(nouvelle)
    nouvelle.get_by_label("Nouveau mot de passe").fill(PHRASE)
    nouvelle.get_by_label("Le même, une seconde fois").fill(PHRASE)
    nouvelle.get_by_role("button", name="Accepter et créer mon compte").click()
    nouvelle.wait_for_url("**/entite/1/sessions/**")

    karine.goto("/")
    expect(
        karine.get_by_role("heading", name="MAROSE FORMATION vous invite comme délégataire")
    ).to_be_visible()
    regarder(karine)
    karine.get_by_role("button", name="Refuser").click()
    karine.wait_for_url("**/entite/2/**")
    gestionnaire.goto("/entite/1/invitations")
    expect(gestionnaire.get_by_text("Refusée")).to_be_visible()
