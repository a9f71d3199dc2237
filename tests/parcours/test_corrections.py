"""What is wrong in a session is said once, beside whom it is about, and made right in one tap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.parcours.accessibilite import sans_faute, tient_sous_le_pouce
from tests.parcours.pages import Liste, PageFormateur, PageSession, groupe

ROMAIN, STEPHANIE = "romain@marose.example", "stephanie@formateurs.example"


def soumettre(entite: Page, marque: str) -> PageSession:
    session = Liste(entite, "/entite/1").aller().nouvelle_session()
    session.remplir(reference=f"Client {marque}")
    session.suivant()
    session.declarer("STE10001")
    session.suivant()
    session.ajouter(groupe(marque)[:3])
    session.soumettre()
    return session


def irreprochable(page: Page, js: bool) -> None:
    """axe finds nothing by day or night; on a phone a thumb is enough, and nothing scrolls sideways."""
    if js:
        sans_faute(page)
    if page.viewport_size and page.viewport_size["width"] < 900:
        tient_sous_le_pouce(page)


@pytest.mark.parametrize(("js", "largeur"), [(True, 390), (False, 320)], ids=["js", "sans-js"])
def test_corrections_are_proposed_read_again_and_accepted(
    ouvrir: Callable[..., Page], js: bool, largeur: int
) -> None:
    entite = ouvrir(ROMAIN, js=js)
    formateur = ouvrir(STEPHANIE, js=js, largeur=largeur)
    marque = "Relue" if js else "Relusobre"
    session = soumettre(entite, marque)
    releve = PageFormateur(formateur, session.numero).aller()
    releve.repondre({"Anne-Sophie": "Réussite", "João": "Échec", "Thị Hồng": "Réussite"})
    formateur.locator("li.reponse").filter(has_text="João").locator("label", has_text="Absent").click()
    releve.corriger("Anne-Sophie", date_naissance="31/02/1990")
    # Leaving for the reading keeps the answers, and is held back by what is wrong.
    formateur.get_by_role("button", name="Faire relire").click()
    expect(formateur.locator("[id^=date_naissance-][aria-invalid=true]")).to_be_visible()
    irreprochable(formateur, js)
    formateur.locator("[id^=date_naissance-][aria-invalid=true]").fill("28/02/1990")
    formateur.get_by_role("button", name="Faire relire").click()
    for rang in (1, 2, 3):
        formateur.wait_for_url(f"**/relire/{rang}*")
        if rang == 1:
            irreprochable(formateur, js)
        if "João" in formateur.locator(".relire").inner_text():
            formateur.locator("summary", has_text="Corriger").click()
            formateur.get_by_label("Prénom", exact=True).fill("Joao")
            formateur.get_by_role("button", name="Proposer la correction").click()
            expect(formateur.locator(".relire")).to_contain_text("Correction proposée")
        formateur.get_by_role("button", name="C’est exact").click()
    expect(formateur.locator("main")).to_contain_text("3\u00a0identités montrées")
    irreprochable(formateur, js)
    formateur.get_by_role("link", name="Revenir aux résultats").click()
    releve.envoyer()

    session.aller("stagiaires")
    expect(entite.locator("#propositions")).to_contain_text("→ Joao")
    expect(entite.get_by_label("Générer les certificats", exact=True)).to_be_disabled()
    irreprochable(entite, js)
    session.accepter_les_corrections()
    expect(entite.locator("#stagiaires")).to_contain_text("28/02/1990")
    expect(entite.locator("#stagiaires")).to_contain_text("Absent")
    expect(entite.get_by_label("Générer les certificats", exact=True)).to_be_enabled()


@pytest.mark.parametrize("js", [True, False], ids=["js", "sans-js"])
def test_a_retour_is_done_line_by_line_and_undone(ouvrir: Callable[..., Page], js: bool) -> None:
    entite = ouvrir(ROMAIN, js=js)
    formateur = ouvrir(STEPHANIE, js=js, largeur=390)
    session = soumettre(entite, "Retour" if js else "Retoursobre")
    PageFormateur(formateur, session.numero).aller().corriger("João", prenom="Joao")
    formateur.get_by_label("Retour commenté", exact=True).check()
    formateur.get_by_text("Stagiaires à retirer").click()
    formateur.locator("label.case", has_text="Anne-Sophie").click()
    formateur.get_by_text("Une personne à ajouter").click()
    formateur.locator("[name=ajout-nom-1]").fill("Garnier")
    formateur.locator("[name=ajout-prenom-1]").fill("Lou")
    formateur.locator("[name=ajout-date_naissance-1]").fill("28/02/1999")
    formateur.get_by_text("Une information de la session").click()
    irreprochable(formateur, js)
    formateur.get_by_role("button", name="Soumettre", exact=True).click()
    formateur.wait_for_url("**/formateur/sessions/a-traiter")

    session.aller("stagiaires")
    liste, table = entite.locator("#propositions"), entite.locator("#stagiaires")
    irreprochable(entite, js)
    for faites, geste in enumerate(("Corriger", "Ajouter", "Retirer"), 1):
        liste.get_by_role("button", name=geste).click()
        expect(liste).to_contain_text(f"{faites}\u00a0faite")
    expect(table).to_contain_text("Joao")
    expect(table).to_contain_text("GARNIER")
    expect(table).not_to_contain_text("Anne-Sophie")
    entite.get_by_role("button", name="Rétablir").click()
    expect(table).to_contain_text("Anne-Sophie")
    expect(liste).to_contain_text("2\u00a0faites sur 3")
