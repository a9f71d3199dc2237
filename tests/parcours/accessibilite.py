"""What a page must be for everybody: nothing that axe finds, nothing too small for a thumb."""

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, expect

TETE_MAX = 200
"""Pixels that the head of a session takes of a phone, whatever its organisation is called."""
DEPLACEMENT_MAX = 0.001
"""Share of the screen that moves once it was seen (cumulative layout shift)."""
CONTRASTES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def sans_faute(page: Page) -> None:
    """axe finds no violation in the page as it is by day, nor in its colours by night."""
    juger(page, "light")
    juger(page, "dark", CONTRASTES)


def a_toute_largeur(page: Page, adresse: str, *, fixe: bool = True) -> None:
    """This screen on a desktop, where nothing moves once seen, on a phone by night, then at 320 px."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(adresse)
    if fixe and page.evaluate(_DEPLACE) >= DEPLACEMENT_MAX:
        # What a slow machine painted too soon does not move again; what the page moves does.
        page.goto(adresse)
        assert page.evaluate(_DEPLACE) < DEPLACEMENT_MAX, page.url
    juger(page, "light")
    page.set_viewport_size({"width": 390, "height": 844})
    juger(page, "dark", CONTRASTES)
    assert page.evaluate(_TETE) <= TETE_MAX, page.url
    coupes = page.evaluate(_INVITES_COUPEES)
    assert coupes == [], f"{page.url}\n{coupes}"
    s_imprime(page)
    assert page.evaluate(_DECALES) == [], page.url
    page.set_viewport_size({"width": 320, "height": 640})
    tient_sous_le_pouce(page)


def juger(page: Page, lumiere: Literal["light", "dark"], regles: dict[str, Any] | None = None) -> None:
    """axe finds no violation of these rules, or of any, in the page by this light."""
    expect(page.locator("form.envoi, .htmx-request")).to_have_count(0)
    page.emulate_media(color_scheme=lumiere)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # It cannot follow an @import into a layer: nothing to load beforehand.
    options = {"preload": False, "resultTypes": ["violations"], **(regles or {})}
    violations = page.evaluate("(options) => axe.run(options).then((vu) => vu.violations)", options)
    assert violations == [], (
        f"{page.url}, {lumiere}\n{AxeResults({'violations': violations}).generate_report()}"
    )


def s_imprime(page: Page) -> None:
    """On paper, as narrow as it is, a list is a table: its dates, and nothing that is pressed."""
    page.emulate_media(media="print")
    restes = page.evaluate(_PRESSES_SUR_PAPIER)
    page.emulate_media(media="screen")
    assert restes == [], f"{page.url}\n{restes}"


def tient_sous_le_pouce(page: Page) -> None:
    """Nothing scrolls sideways, and whatever can be pressed is 44 px high and wide."""
    contenu, ecran = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert contenu <= ecran, page.url
    trop_petits = page.evaluate(_TROP_PETITS)
    assert trop_petits == [], f"{page.url}\n{trop_petits}"


_DEPLACE = """() => new Promise((oui) => {
  const vus = [];
  new PerformanceObserver((liste) => vus.push(...liste.getEntries())).observe(
    { type: "layout-shift", buffered: true });
  setTimeout(() => oui(vus.reduce((somme, vu) => somme + vu.value, 0)), 30);
})"""

_INVITES_COUPEES = """() => [...document.querySelectorAll("[placeholder]")]
  .filter((e) => e.checkVisibility())
  .filter((e) => {
    const [boite, invite] = [getComputedStyle(e), getComputedStyle(e, "::placeholder")];
    const toile = document.createElement("canvas").getContext("2d");
    toile.font = `${boite.fontWeight} ${invite.fontSize} ${boite.fontFamily}`;
    const place = e.clientWidth - parseFloat(boite.paddingLeft) - parseFloat(boite.paddingRight);
    return toile.measureText(e.placeholder).width > place;
  })
  .map((e) => e.outerHTML.slice(0, 90))"""

_PRESSES_SUR_PAPIER = """() => {
  const presses = "[type=search], form[aria-label=Rechercher], .bouton, .puce, .pagination, .corbeille";
  const vus = (selecteur) => [...document.querySelectorAll(selecteur)].filter((e) => e.checkVisibility());
  const cartes = vus("table.liste").filter((e) => getComputedStyle(e).display !== "table");
  const restes = vus("table.liste").length ? vus(`main :is(${presses}, .fleche, .proche, thead .icone)`) : [];
  return [...cartes, ...restes].map((e) => e.outerHTML.slice(0, 90));
}"""

_TETE = """() => {
  const [tete, etat] = ["#tete-session", "#etat"].map((id) => document.querySelector(id));
  const nom = tete?.querySelector("h1 span");
  if (!nom || !etat) return 0;
  const vrai = nom.textContent;
  nom.textContent = "MAROSE ".repeat(20);
  const hauteur = etat.getBoundingClientRect().bottom - tete.getBoundingClientRect().top;
  nom.textContent = vrai;
  return hauteur;
}"""

# Quiet buttons that begin a line, and whose words are not in line with the column.
_DECALES = """() => [...document.querySelectorAll("main .bouton--nu")]
  .filter((e) => e.checkVisibility())
  .filter((e) => {
    const { left, top, bottom } = e.getBoundingClientRect();
    const avant = e.previousElementSibling?.getBoundingClientRect();
    if (avant?.width && avant.bottom > top && avant.top < bottom) return false;
    const boite = e.parentElement, dans = getComputedStyle(boite);
    const bord = boite.getBoundingClientRect().left + parseFloat(dans.paddingLeft);
    return Math.abs(left + parseFloat(getComputedStyle(e).paddingLeft) - bord) > 1;
  })
  .map((e) => e.outerHTML.slice(0, 90))"""

# What is pressed: the label of a radio or checkbox, the row of a link that covers it. A link within a
# sentence keeps the height of its line (WCAG 2.5.8).
_TROP_PETITS = """() => {
  const cible = (e) => {
    if (e.matches("[type=radio], [type=checkbox]")) return e.closest("label");
    return e.matches(".ligne-lien") ? e.closest("tr") : e;
  };
  const dansUnePhrase = (e) =>
    e.matches("a") && getComputedStyle(e).display === "inline" && e.parentElement.innerText !== e.innerText;
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => !e.matches(".evitement, .lecteur, :disabled"))
    .filter((e) => !dansUnePhrase(e))
    .map((e) => [e, cible(e).getBoundingClientRect()])
    .filter(([, boite]) => boite.width < 43.5 || boite.height < 43.5)
    .map(([e, boite]) => `${e.outerHTML.slice(0, 90)} ${boite.width} x ${boite.height}`);
}"""
