"""A telephone's codes in a real browser: enrolled, asked for over an untouched form, given up."""

import time
from collections.abc import Callable

import pyotp
from playwright.sync_api import Page, expect

from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.accessibilite import sans_faute, tient_sous_le_pouce
from tests.parcours.pages import Connexion, Liste
from tests.parcours.test_incidents import se_deconnecter_ailleurs

COMPTE = "delegue2@marose.example"
PAGE = "/compte/double-authentification"


def juger(page: Page) -> None:
    """The screen on a phone, by day and by night, then under a thumb."""
    page.set_viewport_size({"width": 390, "height": 844})
    sans_faute(page)
    page.set_viewport_size({"width": 320, "height": 640})
    tient_sous_le_pouce(page)


def code(secret: str, ecart: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * ecart)


def copier_et_imprimer(page: Page, secours: list[str]) -> None:
    """The codes, one a line; on paper, they and of which site and day they are."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier").click()
    expect(page.get_by_role("status").filter(has_text="Codes copiés.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split() == secours
    page.evaluate("window.print = () => document.body.dataset.imprime = 'oui'")
    page.get_by_role("button", name="Imprimer").click()
    expect(page.locator("body")).to_have_attribute("data-imprime", "oui")
    page.emulate_media(media="print")
    titre = f"Certif – codes de secours créés le {format_date(aujourd_hui())}"
    assert page.locator("body").inner_text().split() == [*titre.split(), *secours]
    page.emulate_media(media="screen")


def test_a_second_step_from_its_enrolment_to_its_end(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(COMPTE, seul=True)
    page.goto("/compte/cles-acces")
    juger(page)
    page.goto(PAGE)
    juger(page)
    page.get_by_role("button", name="Commencer").click()
    secret = page.locator("strong.chiffres").inner_text().replace(" ", "")
    page.get_by_label("Code de vérification").fill("12")
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("alert")).to_contain_text("n’est pas le bon")
    juger(page)
    page.get_by_label("Code de vérification").fill(code(secret))
    page.get_by_role("button", name="Activer").click()
    codes = page.locator("main li strong")
    expect(codes).to_have_count(10)
    secours = codes.all_inner_texts()
    juger(page)
    copier_et_imprimer(page, secours)
    page.get_by_role("link", name="Je les ai notés").click()

    page.set_viewport_size({"width": 1280, "height": 900})
    Liste(page, "/entite/1").aller().nouvelle_session()
    se_deconnecter_ailleurs(page)
    page.locator("#reference_interne").fill("Tapée après la fin")
    page.get_by_role("button", name="Enregistrer").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("E-mail ou N° Forprev").fill(COMPTE)
    dialogue.get_by_label("Mot de passe").fill(MOT_DE_PASSE_DEMO)
    dialogue.get_by_role("button", name="Se connecter").click()
    expect(dialogue.get_by_label("Code de vérification")).to_be_focused()
    dialogue.get_by_role("link", name="Utiliser un code de secours").click()
    expect(dialogue.get_by_label("Code de secours")).to_be_focused()
    page.keyboard.type("2222-2222-2222\n")
    expect(dialogue.get_by_role("alert")).to_contain_text("n’est pas l’un des vôtres")
    sans_faute(page)
    dialogue.get_by_label("Code de secours").fill(secours[0].lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#reference_interne")).to_have_value("Tapée après la fin")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")

    se_deconnecter_ailleurs(page)
    page.goto(f"/connexion?suivant={PAGE}")
    Connexion(page).remplir(COMPTE)
    juger(page)
    page.get_by_label("Code de vérification").fill(code(secret, 1))
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_text("Il vous en reste 9 sur dix")).to_be_visible()
    juger(page)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE_DEMO)
    page.get_by_label("Code de vérification").fill(secours[1])
    page.get_by_role("button", name="Désactiver").click()
    expect(page.get_by_text("Double authentification désactivée")).to_be_visible()
