"""Words as long as a field takes, without a space: whole on every screen that shows them, on paper too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.parcours.conftest import HAUTEURS
from tests.parcours.pages import Liste, PageFormateur, PageSession

ROMAIN, STEPHANIE, ADMIN = "romain@marose.example", "stephanie@formateurs.example", "admin@certif.example"
A4: ViewportSize = {"width": 718, "height": 1047}
"""Pixels between the margins of a sheet."""
NOM, PRENOM, CORRIGE, RAISON = "X" * 80, "Y" * 80, "W" * 80, "R" * 80
LISTE = f"""DUPONT Marie, née le 14/02/1990
{"V" * 80} Paul, né le 01/03/1985
https://exemple.fr/{"a" * 150}
{"W" * 81} Luc, né le 31/02/1990
"""


@pytest.fixture
def session(ouvrir: Callable[..., Page]) -> PageSession:
    """With its formateur and two stagiaires, one of whom has the longest names."""
    session = Liste(ouvrir(ROMAIN), "/entite/1").aller().nouvelle_session()
    session.remplir(reference="L" * 60)
    session.suivant()
    session.declarer("STE10001")
    session.suivant()
    session.ajouter([(NOM, PRENOM, "01/01/1990"), ("Constantinopoulos", "Zoé", "02/01/1990")])
    return session


def test_what_the_entite_types(ouvrir: Callable[..., Page], session: PageSession) -> None:
    page = session.page
    session.aller("stagiaires")
    tient(page)
    tient_sur_papier(page)
    assert page.evaluate(_LIGNES, "E-mail") == 1
    page.get_by_role("link", name="Ajouter un stagiaire").click()
    formulaire = page.locator("#formulaire-stagiaire")
    formulaire.get_by_label("Nom", exact=True).fill(NOM)
    formulaire.get_by_label("Prénom", exact=True).fill(PRENOM)
    formulaire.get_by_label("Date de naissance", exact=True).fill("01/01/1990")
    formulaire.get_by_role("button", name="Ajouter").click()
    expect(formulaire.locator(".champ__erreur")).to_contain_text(NOM)
    tient(page)
    session.aller("stagiaires/liste")
    page.get_by_label("Collez ici vos stagiaires, une personne par ligne").fill(LISTE)
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", name="4 lignes lues")).to_be_visible()
    tient(page)
    page.goto("/entite/1/sessions/en-cours")
    tient(page)


def test_what_the_formateur_corrects(ouvrir: Callable[..., Page], session: PageSession) -> None:
    session.soumettre()
    page = ouvrir(STEPHANIE, largeur=390)
    releve = PageFormateur(page, session.numero).aller()
    releve.repondre({"Zoé": "Réussite", PRENOM: "Échec"})
    releve.corriger("Zoé", nom=CORRIGE)
    page.keyboard.press("Tab")
    expect(page.locator("summary").filter(has_text=CORRIGE)).to_be_visible()
    tient(page)
    page.goto(f"/formateur/sessions/{session.numero}/relire/1")
    tient(page)
    page.set_viewport_size({"width": 390, "height": 844})
    releve.aller().envoyer()
    tient(page)
    session.aller("stagiaires")
    expect(session.page.locator("#propositions")).to_contain_text(CORRIGE)
    tient(session.page)
    tient_sur_papier(session.page)


def test_what_names_an_entite_and_a_model(ouvrir: Callable[..., Page], session: PageSession) -> None:
    page = session.page
    session.aller()
    page.get_by_role("link", name="Garder comme modèle").click()
    page.get_by_label("Nom du modèle").fill("M" * 60)
    page.get_by_role("button", name="Garder le modèle").click()
    expect(page.locator("#messages")).to_contain_text("Le modèle est gardé")
    for adresse in ("sessions/a-traiter", "modeles"):
        page.goto(f"/entite/1/{adresse}")
        expect(page.get_by_text("M" * 60).first).to_be_visible()
        tient(page)
    admin = ouvrir(ADMIN)
    admin.goto("/administration/entites/nouveau")
    admin.get_by_label("Raison sociale").fill(RAISON)
    admin.get_by_role("button", name="Créer").click()
    expect(admin.get_by_role("heading", name=RAISON)).to_be_visible()
    tient(admin)
    admin.goto("/administration/entites")
    tient(admin)


def test_a_message_hides_no_move(ouvrir: Callable[..., Page], session: PageSession) -> None:
    page = ouvrir(ROMAIN, largeur=390)
    PageSession(page, "/entite/1", session.numero).aller("stagiaires")
    for reste in (1, 0):
        page.get_by_role("button", name="Retirer").first.click()
        expect(page.get_by_role("button", name="Retirer")).to_have_count(reste)
    tient(page)
    for largeur in (390, 320):
        page.set_viewport_size({"width": largeur, "height": HAUTEURS[largeur]})
        assert page.evaluate(_CACHE_LA_BARRE) == []


def tient(page: Page) -> None:
    """Nothing that this page shows is cut, nor wider than its frame, from 320 px to a desktop."""
    for largeur, hauteur in sorted(HAUTEURS.items()):
        page.set_viewport_size({"width": largeur, "height": hauteur})
        assert (debordent := page.evaluate(_DEBORDENT)) == [], f"{page.url}, {largeur} px\n{debordent}"


def tient_sur_papier(page: Page) -> None:
    ecran = page.viewport_size
    assert ecran
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    debordent = page.evaluate(_DEBORDENT)
    page.emulate_media(media="screen")
    page.set_viewport_size(ecran)
    assert debordent == [], f"{page.url}\n{debordent}"


_DEBORDENT = """() => {
  const cadres = `.carte, .liste-cadre, .alerte, .boite-action, .champ, .champ__erreur, .puce, .reponse,
    .toast, dialog article`;
  const ecran = document.documentElement;
  return [ecran, ...document.querySelectorAll(cadres)]
    .filter((e) => e === ecran || e.checkVisibility())
    .filter((e) => e.scrollWidth > (e === ecran ? innerWidth : e.clientWidth + 1))
    .map((e) => `${e.outerHTML.slice(0, 90)} ${e.scrollWidth} > ${e.clientWidth}`);
}"""

# On how many lines the heading of a column is.
_LIGNES = """(titre) => {
  const th = [...document.querySelectorAll("th")].find((e) => e.innerText === titre);
  const texte = document.createRange();
  texte.selectNodeContents(th);
  return new Set([...texte.getClientRects()].map((boite) => boite.top)).size;
}"""

# Where the page is scrolled to when its message lies over the button of its move.
_CACHE_LA_BARRE = """() => {
  const bouton = document.querySelector(".barre-action .bouton");
  const pas = [...Array(Math.ceil(document.documentElement.scrollHeight / 20)).keys()];
  return pas.map((rang) => rang * 20).filter((haut) => {
    scrollTo(0, haut);
    const { left, right, top, bottom } = bouton.getBoundingClientRect();
    const x = (left + right) / 2;
    return [top + 2, bottom - 2].some((y) => document.elementFromPoint(x, y)?.closest(".toast"));
  });
}"""
