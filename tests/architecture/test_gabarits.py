"""What every template and static file owes: known icons, no inline code, French spacing, a light page."""

import hashlib
import re
from pathlib import Path

import brotli

RACINE = Path(__file__).parents[2]
STATIQUE = RACINE / "static"
PICO = STATIQUE / "vendor/pico.fluid.classless.min.css"
EMPREINTE_PICO = "06cf0bead048c54f4e2c281c26ae0d695cb0da8675545366ac7fc4b39c779398"
GABARITS = sorted(p for p in (RACINE / "templates").rglob("*.html") if "certificats" not in p.parts)
NOM_ICONE = re.compile(
    r"""\bicone\('([a-z0-9_-]+)'|icone_nom='([a-z0-9-]+)'"""
    r"""|'(?:discret|principal|nu|danger)', '([a-z0-9-]+)'"""
)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def poids(chemin: Path) -> int:
    return len(brotli.compress(chemin.read_bytes()))


def test_every_icon_in_use_is_in_the_sprite() -> None:
    presentes = set(re.findall(r'<symbol id="([^"]+)"', (STATIQUE / "icones.svg").read_text()))
    for gabarit in GABARITS:
        for noms in NOM_ICONE.findall(gabarit.read_text()):
            assert "".join(noms) in presentes, f"{gabarit.name}: {''.join(noms)}"


def test_templates_hold_nothing_that_the_security_policy_would_refuse() -> None:
    interdit = re.compile(
        r"""<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|hx-vals=["']js:|javascript:"""
    )
    for gabarit in GABARITS:
        assert not (trouve := interdit.search(gabarit.read_text())), f"{gabarit.name}: {trouve[0]}"


def test_french_punctuation_never_starts_a_line() -> None:
    for gabarit in GABARITS:
        texte = JINJA.sub("x", gabarit.read_text())
        trouve = re.search(r"""[\w)»'] [:;!?»](?=[\s<"']|$)""", texte)
        assert not trouve, f"{gabarit.name}: {texte[max(0, trouve.start() - 30) : trouve.end()]!r}"


def test_the_frame_of_a_page_stays_light() -> None:
    cadre = (RACINE / "templates/base.html").read_text()
    styles = sum(poids(STATIQUE / nom) for nom in re.findall(r"filename='(css/\w+\.css)'", cadre))
    scripts = poids(STATIQUE / "certif.js") + poids(STATIQUE / "vendor/htmx.min.js")
    icones = poids(STATIQUE / "icones.svg") + poids(STATIQUE / "favicon.svg")
    assert styles <= 9_300
    assert poids(STATIQUE / "certif.js") <= 4_000
    assert styles + poids(PICO) + scripts + icones <= 36_000


def test_pico_is_as_published_under_our_own_sheets() -> None:
    assert hashlib.sha256(PICO.read_bytes()).hexdigest() == EMPREINTE_PICO
    base = re.sub(r"/\*.*?\*/", "", (STATIQUE / "css/pico.css").read_text(), flags=re.DOTALL).split()
    assert base == ["@layer", "base;", "@import", f'url("../vendor/{PICO.name}")', "layer(base);"]
    cadre = (RACINE / "templates/base.html").read_text()
    prechargement = cadre.index(f"filename='vendor/{PICO.name}'")
    assert prechargement < cadre.index("css/pico.css") < cadre.index("css/jetons.css")
    assert cadre.index("css/jetons.css") < cadre.index("css/charpente.css")


def test_what_is_said_to_pico_is_heard() -> None:
    entendu = set(re.findall(r"var\((--pico-[a-z0-9-]+)", PICO.read_text()))
    for feuille in (STATIQUE / "css").glob("*.css"):
        inconnus = set(re.findall(r"(--pico-[a-z0-9-]+)\s*:", feuille.read_text())) - entendu
        assert not inconnus, f"{feuille.name}: {inconnus}"
