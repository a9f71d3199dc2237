"""The latest screens used otherwise: zoomed twice, in wider text, in forced colours, without a pointer."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.parcours.pages import PageSansReseau
from tests.parcours.test_ecrans import (
    A_GENERER,
    BROUILLON,
    CHEZ_LE_FORMATEUR,
    GENEREE,
    RENVOYEE,
    ROMAIN,
    STEPHANIE,
)
from tests.parcours.test_liste import COURRIEL
from tests.parcours.test_remise import creer

MODELE, SESSION = "/entite/1/modeles/1", "/entite/1/sessions/"
DU_FORMATEUR = f"/formateur/sessions/{CHEZ_LE_FORMATEUR}"

Ecrans = Callable[[Page], Iterator[str]]


def publics(page: Page) -> Iterator[str]:
    yield from ("/r", f"/r?c={'A' * 26}", "/accessibilite", "/confidentialite")


def premiers_pas(page: Page) -> Iterator[str]:
    yield "/entite/2/sessions/a-traiter"


def entite(page: Page) -> Iterator[str]:
    yield from ("/entite/1/modeles", *(f"{MODELE}{geste}" for geste in ("", "/ouvrir", "/modifier")))
    yield from (f"{SESSION}{RENVOYEE}/modele", "/entite/1/vue-d-ensemble", "/compte/courriels")
    yield from (f"{SESSION}{RENVOYEE}/session", f"{SESSION}{A_GENERER}/stagiaires")
    yield f"{SESSION}{RENVOYEE}/formateur"
    creer(page)
    yield from (f"{SESSION}{GENEREE}/telechargements", f"{SESSION}{GENEREE}/remise")
    yield f"{SESSION}{RENVOYEE}/stagiaires/liste"
    page.get_by_label("Collez ici vos stagiaires, une personne par ligne").fill(COURRIEL)
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", name="lignes lues")).to_be_visible()
    yield ""


def formateur(page: Page) -> Iterator[str]:
    yield from (f"{DU_FORMATEUR}/relire/1", f"/formateur/sessions/{GENEREE}/remise", "/formateur/telephone")
    yield f"{DU_FORMATEUR}/stagiaires"
    PageSansReseau(page).garder().repondre_sans_reseau(CHEZ_LE_FORMATEUR, {"Mehdi": "Réussite"})
    yield ""
    yield from ("/formateur/telephone", "/formateur/telephone?partir=1")


COMPTES: dict[str, Ecrans] = {
    "": publics,
    "karine@guy.example": premiers_pas,
    ROMAIN: entite,
    STEPHANIE: formateur,
}


@pytest.mark.parametrize("compte", COMPTES)
def test_the_latest_screens_are_used_otherwise(ouvrir: Callable[..., Page], compte: str) -> None:
    """1280 px zoomed twice; reduced motion is asked for by every page of `ouvrir`."""
    page = ouvrir(compte, device_scale_factor=2)
    page.set_viewport_size({"width": 640, "height": 450})
    fautes = []
    for adresse in COMPTES[compte](page):
        page.set_viewport_size({"width": 640, "height": 450})
        if adresse:
            page.goto(adresse)
        expect(page.locator("[data-partie]:visible, main:not(:has([data-partie]))")).not_to_have_count(0)
        page.evaluate(_OUTILS)
        trouvees = {regard: page.evaluate(f"aisance.{regard}()") for regard in ("coupe", "mouvement")}
        trouvees["coupe, texte espacé"] = page.evaluate("aisance.espace(aisance.coupe)")
        page.emulate_media(forced_colors="active")
        trouvees["couleurs forcées"] = page.evaluate("aisance.couleurs()")
        trouvees["clavier"] = au_clavier(page)
        page.emulate_media(forced_colors="none")
        if page.locator(".barre-action").count():
            page.set_viewport_size({"width": 390, "height": 844})  # where it stays at the bottom
            trouvees["clavier, sous une barre"] = au_clavier(page)
        chemin = re.sub(r"^https?://[^/]+", "", page.url)
        fautes += [f"{chemin} | {regard} | {faute}" for regard, vues in trouvees.items() for faute in vues]
    assert not fautes, "\n".join(fautes)


OUVRENT = [
    (STEPHANIE, f"{DU_FORMATEUR}/stagiaires", "Ce n’est pas ma session", "dialog[open]"),
    (ROMAIN, "/entite/1/vue-d-ensemble", "Menu", "#menu:popover-open"),
    (ROMAIN, f"{SESSION}{BROUILLON}/stagiaires", "Supprimer la session", "dialog[open]"),
]


@pytest.mark.parametrize(("compte", "adresse", "bouton", "ouvert"), OUVRENT)
def test_what_opens_by_the_keyboard_closes_by_escape(
    ouvrir: Callable[..., Page], compte: str, adresse: str, bouton: str, ouvert: str
) -> None:
    page = ouvrir(compte, largeur=390)
    page.goto(adresse)
    source = page.get_by_role("button", name=bouton).or_(page.get_by_role("link", name=bouton)).first
    source.focus()
    page.keyboard.press("Enter")
    page.locator(ouvert).wait_for()
    if not page.locator(ouvert).locator(":focus").count():  # a menu is the next stop, a dialog has the focus
        page.keyboard.press("Tab")
    expect(page.locator(ouvert).locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(ouvert)).to_have_count(0)
    expect(source).to_be_focused()


def test_what_is_pressed_and_goes_leaves_the_focus_to_what_undoes_it_or_where_it_stood(
    ouvrir: Callable[..., Page],
) -> None:
    page = ouvrir(STEPHANIE, largeur=390)
    page.goto(f"{DU_FORMATEUR}/stagiaires")
    page.get_by_role("button", name="Tous en réussite").press("Enter")
    expect(page.get_by_role("button", name="Annuler")).to_be_focused()
    page.get_by_role("button", name="Annuler").press("Enter")
    expect(page.get_by_role("button", name="Annuler")).to_have_count(0)
    expect(page.locator("#outils :focus")).to_have_count(1)
    page = ouvrir(ROMAIN)
    page.goto(f"{SESSION}{BROUILLON}/stagiaires")
    avant = page.locator("tr[id^=stagiaire-]").first
    for ensuite in ("Rétablir", "Fermer ce message"):
        page.get_by_role("button", name="Retirer").nth(1).press("Enter")
        expect(page.get_by_role("button", name="Rétablir")).to_be_focused()
        page.get_by_role("button", name=ensuite).press("Enter")
        expect(page.locator(".toast")).to_have_count(0)
        expect(avant).to_be_focused()
    page.goto(f"{SESSION}{BROUILLON}/formateur")
    page.get_by_label("N° Forprev", exact=True).fill("STE10001")
    page.get_by_role("button", name="Lancer la vérification").press("Enter")
    expect(page.get_by_role("heading", name="RIVIÈRE Stéphanie")).to_be_focused()


def test_what_a_phone_says_again_takes_no_focus_away(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(STEPHANIE, largeur=390)
    PageSansReseau(page).garder().repondre_sans_reseau(CHEZ_LE_FORMATEUR, {"Mehdi": "Réussite"})
    page.get_by_role("button", name="Tous en réussite").press("Enter")
    expect(page.locator("#telephone")).to_contain_text("4 réponses en attente d’envoi")
    page.get_by_role("button", name="Soumettre", exact=True).press("Enter")
    expect(page.locator("#telephone")).to_be_focused()
    page.get_by_role("button", name="Modifier mes réponses").focus()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("button", name="Modifier mes réponses")).to_be_focused()
    page.goto("/formateur/telephone")
    page.get_by_role("button", name="Ne plus rien garder ici").press("Enter")
    expect(page.locator("[data-partie=partir]")).to_be_focused()
    page.get_by_role("button", name="Ne pas envoyer").press("Enter")
    page.get_by_role("button", name="Oui, y renoncer").press("Enter")
    expect(page.get_by_role("link", name=f"Session n°\u00a0{CHEZ_LE_FORMATEUR}")).to_be_focused()


def au_clavier(page: Page) -> list[str]:
    """Tab from the top to the end of the page: each control in its order, seen, hidden by nothing."""
    attendus = page.evaluate("aisance.depart()")
    for _ in range(attendus):
        page.keyboard.press("Tab")
    fautes: list[str] = page.evaluate("aisance.arrivee()")
    return fautes


_OUTILS = """() => {
  const ACTIONNABLES = "a[href], button, summary, select, textarea, input, [tabindex='0']";
  const vu = (e) => e.checkVisibility({ visibilityProperty: true });
  const dire = (e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
  const tous = (selecteur) => [...document.querySelectorAll(selecteur)].filter(vu);
  /* Read, not seen. */
  const lu = (e) => e && (getComputedStyle(e).clipPath !== "none" || lu(e.parentElement));
  const epais = (s, bord) => s[bord + "Style"] !== "none" && parseFloat(s[bord + "Width"]) >= 1;

  /* What leaves the screen sideways, or what its own box hides. */
  const coupe = () => {
    const large = document.documentElement.clientWidth;
    const trop = document.documentElement.scrollWidth > large ? ["défile de côté"] : [];
    for (const e of tous("main *, header *, footer *")) {
      if (e.closest(".evitement, svg, [aria-hidden=true], select, input[type=date]") || lu(e)) continue;
      const { left, right, width } = e.getBoundingClientRect();
      if (width && (right > large + 1 || left < -1)) trop.push("hors de l’écran : " + dire(e));
      const s = getComputedStyle(e);
      if (s.display === "inline" || e.matches("input, textarea")) continue;
      const [x, y] = [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight];
      const cache = s.overflowX !== "visible" || s.overflowY !== "visible";
      if ((cache && (x > 1 || y > 1)) || (e.matches(".bouton, .puce, .etat, .onglet, .alerte") && x > 1))
        trop.push(`coupé de ${x} x ${y} : ` + dire(e));
    }
    return trop;
  };

  /* WCAG 1.4.12, by a sheet that a strict policy allows. */
  const espace = (regard) => {
    const feuille = new CSSStyleSheet();
    feuille.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [feuille];
    const vu = regard();
    document.adoptedStyleSheets = [];
    return vu;
  };

  const mouvement = () => {
    const long = (durees) => durees.split(",").some((duree) => parseFloat(duree) > 0.01);
    const bouge = (s) =>
      long(s.transitionDuration) || (s.animationName !== "none" && long(s.animationDuration));
    return tous("*")
      .filter((e) => [null, "::before", "::after"].some((quoi) => bouge(getComputedStyle(e, quoi))))
      .map(dire);
  };

  /* Grounds and shadows are gone: what can be pressed has an edge, what is chosen is told otherwise. */
  const bords = (s) => ["borderTop", "borderBottom", "outline"].filter((bord) => epais(s, bord)).length;
  const allure = (e) => {
    const s = getComputedStyle(e);
    const traits = ["borderTop", "borderBottom", "borderLeft", "outline"].map(
      (bord) => epais(s, bord) && [s[bord + "Style"], s[bord + "Width"], s[bord + "Color"]]);
    return JSON.stringify([traits, s.fontWeight, s.textDecorationLine, s.color, s.backgroundColor]);
  };
  const couleurs = () => {
    const fautes = tous(".bouton, .puce, .saisie:not([type=file]), .reponse__face, .choix, .alerte, .carte")
      .filter((e) => !bords(getComputedStyle(e)))
      .map((e) => "sans bord : " + dire(e));
    for (const e of tous("[aria-current]")) {
      const autre = tous(`${e.localName}.${e.classList[0] || "x"}, nav ${e.localName}`).find(
        (a) => !a.hasAttribute("aria-current") && a.className === e.className);
      if (autre && allure(e) === allure(autre)) fautes.push("courant comme les autres : " + dire(e));
    }
    for (const e of tous("input:checked + .reponse__face")) {
      const autre = tous("input:not(:checked) + .reponse__face")[0];
      if (autre && allure(e) === allure(autre)) fautes.push("coché comme les autres : " + dire(e));
    }
    for (const e of tous("svg.icone, svg.signe")) {
      const { stroke, backgroundColor } = getComputedStyle(e);
      if (stroke !== getComputedStyle(e.parentElement).color || !/, 0\\)$/.test(backgroundColor))
        fautes.push("icône dans ses propres couleurs : " + dire(e.parentElement));
    }
    return fautes;
  };

  /* A group of radios is one stop: the checked one, else the first. */
  const arrets = () => tous(ACTIONNABLES).filter((e) => {
    if (e.disabled || e.tabIndex < 0 || e.closest("[inert]") || e.type === "hidden") return false;
    if (e.type !== "radio") return true;
    const groupe = tous("input[type=radio]:enabled").filter((r) => r.name === e.name && r.form === e.form);
    return e === (groupe.find((r) => r.checked) || groupe[0]);
  });
  let attendus, passes;
  const depart = () => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    attendus = arrets();
    passes = [];
    addEventListener("focusin", surPassage);
    return attendus.length;
  };
  const surPassage = ({ target: e }) => {
    const cible = e.matches(".ligne-lien") ? e.closest("tr") : e;
    const porte = e.matches(".ligne-lien") ? getComputedStyle(e, "::after")
      : getComputedStyle(e.matches(".reponse__bouton input, .relire__sens") ? e.nextElementSibling : e);
    const { left, right, top, bottom } = cible.getBoundingClientRect();
    const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9], [0.1, 0.9], [0.9, 0.1]].map(([x, y]) =>
      document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y));
    const decouvert = points.some(
      (p) => p && (cible.contains(p) || p === cible.parentElement || p.closest("label")?.control === e));
    passes.push([e, epais(porte, "outline") || e.matches("input:not(:focus-visible)"), decouvert]);
  };
  const arrivee = () => {
    removeEventListener("focusin", surPassage);
    const fautes = [];
    attendus.forEach((e, rang) => {
      const [passe, entoure, decouvert] = passes[rang] || [];
      if (passe !== e) fautes.push(`attendu ${dire(e)}, trouvé ${passe ? dire(passe) : "rien"}`);
      else if (!entoure) fautes.push("focus invisible : " + dire(e));
      else if (!decouvert) fautes.push("focus caché : " + dire(e));
    });
    return fautes.slice(0, 4);
  };
  window.aisance = { coupe, espace, mouvement, couleurs, depart, arrivee };
}"""
