"""What an answer says stands under the eyes and under the focus, and nothing moves without a reason."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from tests.parcours.pages import Liste
from tests.parcours.test_ecrans import BROUILLON, CHEZ_LE_FORMATEUR, GENEREE, ROMAIN, STEPHANIE
from tests.parcours.test_incidents import AVEC_ET_SANS, MAROSE, se_deconnecter_ailleurs
from tests.parcours.test_remise import creer

FICHIERS = f"{MAROSE}/sessions/{GENEREE}/telechargements"


def test_only_a_download_has_the_tab_read_again(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN, accept_downloads=True)
    page.goto(FICHIERS)
    demandes: list[str] = []

    def noter(requete: Request) -> None:
        demandes.append(requete.url)

    page.on("request", noter)
    for _ in range(2):
        page.locator("#dossier h2").click()
    page.wait_for_timeout(2_000)
    assert not demandes
    with page.expect_download():
        page.locator("#dossier a svg").click()
    with page.expect_request(re.compile("/telechargements$")):
        pass


def test_an_answer_leaves_the_focus_that_another_gave(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN, largeur=390)
    creer(page)
    page.goto(FICHIERS)
    page.get_by_role("button", name="Arrêter tous les codes").press("Enter")
    titre = page.locator("#remise h2")
    expect(titre).to_be_focused()
    titre.evaluate("titre => titre.addEventListener('blur', () => { window.perdu = true })")
    with page.expect_response(re.compile("/telechargements$")):
        page.evaluate(f"htmx.ajax('GET', '{FICHIERS}', 'main')")
    page.wait_for_timeout(300)
    expect(titre).to_be_focused()
    assert not page.evaluate("window.perdu")


@pytest.mark.parametrize("largeur", [1280, 390])
@AVEC_ET_SANS
def test_a_refused_formateur_is_read_at_once(ouvrir: Callable[..., Page], js: bool, largeur: int) -> None:
    page = ouvrir(ROMAIN, js=js, largeur=largeur)
    page.goto(f"{MAROSE}/sessions/{BROUILLON}/formateur")
    depli = page.get_by_text("Déclarer un autre formateur")
    if depli.count():
        depli.click()
    page.get_by_label("N° Forprev", exact=True).fill("EXP10003")
    page.get_by_role("button", name="Lancer la vérification").last.click()
    expect(page.locator("#verdict li").first).to_be_in_viewport(ratio=1)
    expect(page.locator("#verdict .verdict--non").first).to_be_in_viewport(ratio=1)
    if js:
        expect(page.locator("#verdict")).to_be_focused()


def test_a_save_refused_for_want_of_a_login_goes_again_after_it(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN, seul=True)
    Liste(page, MAROSE).aller().nouvelle_session()
    se_deconnecter_ailleurs(page)
    page.locator("#reference_interne").fill("Tapée après la fin")
    page.locator("#reference_interne").press("Tab")
    dialogue = page.get_by_role("dialog", name="Votre connexion a expiré")
    dialogue.get_by_label("E-mail ou N° Forprev").fill(ROMAIN)
    dialogue.get_by_label("Mot de passe").fill(MOT_DE_PASSE_DEMO)
    dialogue.get_by_role("button", name="Se connecter").click()
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    page.reload()
    expect(page.locator("#reference_interne")).to_have_value("Tapée après la fin")


@AVEC_ET_SANS
def test_codes_made_replaced_and_stopped_say_so(ouvrir: Callable[..., Page], js: bool) -> None:
    page = ouvrir(ROMAIN, js=js, largeur=390)
    creer(page)
    page.goto(FICHIERS)
    page.get_by_text("Qui a ouvert son certificat").click()
    ligne = page.locator("li[id^=remise-]").last
    ligne.get_by_role("button", name="Nouveau code").click()
    expect(ligne.get_by_text("Nouveau code créé")).to_be_in_viewport()
    ligne.get_by_role("button", name="Arrêter").click()
    expect(ligne.get_by_text("Code arrêté")).to_be_in_viewport()
    page.get_by_role("button", name="Arrêter tous les codes").click()
    expect(page.get_by_text("Tous les codes sont arrêtés")).to_be_in_viewport()
    expect(page.get_by_text("Code arrêté")).to_have_count(0)
    expect(page.locator("#messages > *")).to_have_count(0)
    page.get_by_role("button", name="Créer les codes").click()
    expect(page.get_by_text("Les codes sont créés")).to_be_in_viewport()


def test_what_a_dialog_would_destroy_is_not_under_the_finger(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(STEPHANIE, largeur=390)
    page.goto(f"/formateur/sessions/{CHEZ_LE_FORMATEUR}/stagiaires")
    page.get_by_role("link", name="Ce n’est pas ma session").click()
    expect(page.get_by_role("dialog").get_by_role("link", name="Annuler")).to_be_focused()
