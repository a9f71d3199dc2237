"""What style sheets owe: colours in one place, one file for a page, states that an old browser shows too."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from PIL.ImageColor import colormap

from certif.web.statique import assembler

RACINE = Path(__file__).parents[2]
STATIQUE = RACINE / "static"
CSS = STATIQUE / "css"
PICO = STATIQUE / "vendor/pico.min.css"
EMPREINTE_PICO = "9b90c62d02baae8039c2e78fedeae3927775d798852e7d4463926386e9d255df"
JETONS = CSS / "jetons.css"
SERVIES = {
    "base.html": CSS / "certif.css",
    "verification/cadre.html": CSS / "verification.css",
    "sessions/remise.html": CSS / "remise.css",
    "formateur/relire.html": CSS / "relire.css",
    "formateur/telephone.html": CSS / "telephone.css",
}
FEUILLES = sorted(CSS.rglob("*.css"))
COULEUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)a?\(|(?<![\w-])(?:{'|'.join(colormap)})(?![\w-])",
    re.IGNORECASE,
)
DIT_AUSSI_AUTREMENT = {
    ".choix:has(> .option input:checked)": "the radio shows itself",
    ".choix:has(> .option input:not(:checked)) > .choix__suite": "every choice says what follows",
    ".choix:has(input[disabled]) > .option": "the radio shows itself, and a sentence why",
    ".reponse:not(:has(.reponse__bouton--echec :checked)) .reponse__motif": "the reason is always offered",
    ".reponse:has(.reponse__choix :checked) > .champ__erreur": "the error goes at the next answer",
    'form:has([value="retour_commente"]:checked) .pour-envoi': "both effects are said",
    'form:not(:has([value="retour_commente"]:checked)) .pour-retour': "both effects are said",
}
"""Rules that hide or underline a state by `:has()`, and what a browser without it shows."""


def lire(feuille: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", feuille.read_text(), flags=re.DOTALL)


def blocs(feuille: Path) -> Iterator[list[str]]:
    """Each block of the sheet, as what opens it, after what opens those around it."""
    ouverts: list[str] = []
    for avant, signe in re.findall(r"([^{};]*)([{};])", lire(feuille)):
        if signe == "{":
            ouverts.append(avant.strip())
            yield [*ouverts]
        elif signe == "}":
            ouverts.pop()


def test_colours_stand_in_the_tokens_alone() -> None:
    for feuille in FEUILLES:
        if feuille != JETONS:
            valeurs = re.findall(r":([^:{};]*);", lire(feuille))
            assert not (trouvees := [v for v in valeurs if COULEUR.search(v)]), f"{feuille.name}: {trouvees}"


def test_templates_name_one_colour_only_the_menu_s() -> None:
    """The bar of a phone's browser is coloured by the page's head, which reads no token."""
    menu = re.search(r"--menu: (#\w+);", JETONS.read_text())
    assert menu
    for gabarit in (RACINE / "templates").rglob("*.html"):
        if "certificats" not in gabarit.parts:
            texte = gabarit.read_text().replace(f'name="theme-color" content="{menu[1]}"', "")
            assert not (trouve := re.search(r"""["': ]#[0-9a-fA-F]{3,8}["';]|\b(?:rgb|hsl)a?\(""", texte)), (
                f"{gabarit.name}: {trouve[0]}"
            )


@pytest.mark.parametrize("gabarit", SERVIES)
def test_a_page_asks_for_one_sheet(gabarit: str) -> None:
    liees = re.findall(
        r"""rel="stylesheet"\s+href="\{\{ url_for\('static', filename='([^']+)'\) \}\}""",
        (RACINE / "templates" / gabarit).read_text(),
    )
    assert [STATIQUE / liee for liee in liees] == [SERVIES[gabarit]]
    entiere = assembler(SERVIES[gabarit])
    assert "@import" not in entiere
    assert not re.search(r"url\((?![\"']?data:)", entiere), "an address would be read from another folder"


def test_every_part_is_in_a_sheet() -> None:
    importees = {
        (feuille.parent / nom).resolve()
        for feuille in FEUILLES
        for nom in re.findall(r'@import url\("([^"]+)"\)', lire(feuille))
    }
    assert {*FEUILLES, PICO} == importees | set(SERVIES.values())


def test_no_rule_stands_in_another() -> None:
    """Nesting is younger than the oldest browsers (docs/decisions): they would read nothing of it."""
    for feuille in FEUILLES:
        for *autour, propre in blocs(feuille):
            assert all(ligne.startswith("@") for ligne in autour), f"{feuille.name}: {propre} in {autour[-1]}"
            assert "&" not in propre, f"{feuille.name}: {propre}"


def test_nothing_is_used_that_the_oldest_browsers_lack() -> None:
    """A unit that they lack stands after the same declaration in one that they know."""
    trop_jeune = re.compile(r"color-mix\(|light-dark\(|@(?:container|scope|starting-style|property)\b")
    for feuille in FEUILLES:
        texte = lire(feuille)
        assert not (trouve := trop_jeune.search(texte)), f"{feuille.name}: {trouve[0]}"
        seules = re.sub(r"([\w-]+): ([^;]*)vh([^;]*);\s*\1: \2dvh\3;", "", texte)
        assert not re.search(r"\d[dsl]v[hw]\b", seules), feuille.name


def test_a_state_is_not_told_by_has_alone() -> None:
    """Firefox 115 drops a whole rule for one selector that it does not know."""
    avec_etat = set()
    for feuille in FEUILLES:
        for *_, propre in blocs(feuille):
            selecteurs = [" ".join(s.split()) for s in re.split(r",\s*\n", propre)]
            assert len({":has(" in s for s in selecteurs}) == 1, f"{feuille.name}: {propre}"
            avec_etat |= {
                s
                for s in selecteurs
                if re.search(r":has\(.*(:checked|disabled|:focus|valid|\[aria-|\[open)", s)
            }
    assert avec_etat == set(DIT_AUSSI_AUTREMENT)


def test_a_sheet_stays_light() -> None:
    assert len(brotli.compress(assembler(CSS / "certif.css").encode())) <= 16_600
    assert len(brotli.compress(assembler(CSS / "verification.css").encode())) <= 2_800
    assert len(brotli.compress(assembler(CSS / "remise.css").encode())) <= 1_900


def test_pico_is_as_published_under_our_own_parts() -> None:
    assert hashlib.sha256(PICO.read_bytes()).hexdigest() == EMPREINTE_PICO
    couche, pico, *notres = filter(None, lire(CSS / "certif.css").splitlines())
    assert (couche, pico) == ("@layer base;", f'@import url("../vendor/{PICO.name}") layer(base);')
    assert notres[0] == '@import url("jetons.css");'
    assert not any("layer" in part for part in notres)


def test_what_is_said_to_pico_is_heard() -> None:
    entendu = set(re.findall(r"var\((--pico-[a-z0-9-]+)", PICO.read_text()))
    for feuille in FEUILLES:
        inconnus = set(re.findall(r"(--pico-[a-z0-9-]+)\s*:", feuille.read_text())) - entendu
        assert not inconnus, f"{feuille.name}: {inconnus}"
