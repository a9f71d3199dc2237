"""One certificate of three bears the wrong name: cancelled, corrected in a session of its own, issued."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.parcours.pages import Identite, Liste, PageFormateur, PageSession, sans_js
from tests.parcours.test_session_complete import texte_de

MAROSE, ROMAIN, STEPHANIE = "/entite/1", "romain@marose.example", "stephanie@formateurs.example"


@pytest.mark.parametrize(
    ("marque", "js", "largeur"),
    [("Rectifie", True, 1280), ("Rectifie sobre", False, 390)],
    ids=["bureau", "téléphone sans-js"],
)
def test_a_wrong_name_is_cancelled_and_made_again(
    ouvrir: Callable[..., Page], tmp_path: Path, marque: str, js: bool, largeur: int
) -> None:
    entite = ouvrir(ROMAIN, js=js, largeur=largeur, accept_downloads=True)
    formateur = ouvrir(STEPHANIE, js=js)
    groupe = [
        (f"Lefèvre {marque}", "Anne-Sofie", "14/02/1991"),
        (f"D’Almeida {marque}", "João", "08/05/1979"),
        (f"Nguyễn {marque}", "Thị Hồng", "27/11/1994"),
    ]
    session = generee(entite, formateur, groupe)
    premiere = session.telecharger(tmp_path)
    assert len(noms_de(premiere)) == 3

    # Nothing chosen is said; then the recap names whom, and why is asked.
    session.aller("telechargements")
    zone = entite.locator("#annulation")
    zone.locator("summary").click()
    zone.get_by_role("button", name="Annuler et refaire").click()
    expect(entite.get_by_text("Choisissez au moins un certificat")).to_be_visible()
    zone.get_by_label("Anne-Sofie").check()
    zone.get_by_role("button", name="Annuler et refaire").click()
    recap = entite.locator("dialog[open], .recapitulatif")
    expect(recap).to_contain_text(f"LEFÈVRE {marque.upper()} Anne-Sofie")
    expect(recap).to_contain_text("c’est irréversible")
    recap.get_by_role("button", name="Annuler définitivement").click()
    expect(recap).to_contain_text("Choisissez un motif dans la liste.")
    recap.get_by_label("Motif").select_option(label="Erreur d’identité")
    recap.get_by_role("button", name="Annuler définitivement").click()

    # The rectificative session: only her, everything filled in.
    entite.wait_for_url("**/stagiaires")
    rectificative = PageSession(entite, MAROSE, int(entite.url.split("/")[-2]))
    rectifie = f"Rectificative de la n°{session.numero}"
    expect(entite.locator("#tete-session")).to_contain_text(rectifie)
    expect(entite.locator("#stagiaires tbody tr")).to_have_count(1)
    corriger(entite, "Anne-Sofie", "Anne-Sophie")
    rectificative.soumettre()
    releve = PageFormateur(formateur, rectificative.numero).aller()
    expect(formateur.locator("#tete-session")).to_contain_text(rectifie)
    releve.repondre({"Anne-Sophie": "Réussite"})
    releve.envoyer()
    rectificative.aller("stagiaires")
    rectificative.choisir("Générer les certificats")
    rectificative.attendre_les_certificats()
    (corrige,) = textes_de(rectificative.telecharger(tmp_path))
    assert "Anne-Sophie" in corrige and "Anne-Sofie" not in corrige

    # The old zip holds the two others, and its page says what became of hers.
    session.aller("telechargements")
    session.attendre_les_certificats()
    expect(entite.get_by_text("3 candidats ont validé la certification")).to_be_visible()
    expect(entite.get_by_text("1 certificat annulé", exact=True)).to_be_visible()
    expect(entite.locator("#chronologie")).to_contain_text("a annulé 1 certificat")
    restants = textes_de(session.telecharger(tmp_path))
    assert len(restants) == 2 and not any("Anne" in texte for texte in restants)
    entite.get_by_role("link", name=f"Session n°{rectificative.numero}, rectificative").click()
    expect(entite.get_by_role("heading", level=1)).to_contain_text(
        f"Session de certification n°{rectificative.numero}"
    )


def generee(entite: Page, formateur: Page, groupe: list[Identite]) -> PageSession:
    """A session of these people, all of whom succeeded, with its certificates."""
    session = Liste(entite, MAROSE).aller().nouvelle_session()
    session.remplir()
    session.suivant()
    session.declarer("STE10001")
    session.suivant()
    session.ajouter(groupe)
    session.soumettre()
    releve = PageFormateur(formateur, session.numero).aller()
    releve.repondre({prenom: "Réussite" for _, prenom, _ in groupe})
    releve.envoyer()
    session.aller("stagiaires")
    session.choisir("Générer les certificats")
    session.attendre_les_certificats()
    return session


def corriger(page: Page, avant: str, apres: str) -> None:
    """Another prénom for this stagiaire."""
    page.locator("#stagiaires tbody tr").filter(has_text=avant).get_by_role("link").first.click()
    formulaire = page.locator("#formulaire-stagiaire")
    formulaire.get_by_label("Prénom", exact=True).fill(apres)
    formulaire.get_by_role("button", name="Enregistrer").click()
    if sans_js(page):
        page.wait_for_url("**/stagiaires")
    expect(page.locator("#stagiaires tbody")).to_contain_text(apres)


def noms_de(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as zip_:
        return zip_.namelist()


def textes_de(archive: Path) -> list[str]:
    """What each PDF of a zip says."""
    with zipfile.ZipFile(archive) as zip_:
        return [texte_de(zip_.read(nom)) for nom in zip_.namelist()]
