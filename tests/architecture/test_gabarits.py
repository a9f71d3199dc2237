"""What every template and static file owes: known icons, no inline code, French spacing, a light page."""

import re
from pathlib import Path

import brotli

from certif.web.statique import assembler, nu

RACINE = Path(__file__).parents[2]
STATIQUE = RACINE / "static"
GABARITS = sorted(p for p in (RACINE / "templates").rglob("*.html") if "certificats" not in p.parts)
NOM_ICONE = re.compile(
    r"""\bicone\('([a-z0-9_-]+)'|icone_nom='([a-z0-9-]+)'"""
    r"""|'(?:discret|principal|nu|danger)', '([a-z0-9-]+)'"""
)
COMMENTAIRE = re.compile(r"\{#.*?#\}", re.DOTALL)


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


def test_no_line_of_a_template_is_too_long_to_be_read() -> None:
    """The formatter breaks markup and attributes; what a macro is given is broken by hand."""
    longues = [
        f"{gabarit.relative_to(RACINE)}:{rang}"
        for gabarit in GABARITS
        for rang, ligne in enumerate(gabarit.read_text().splitlines(), 1)
        if len(ligne) > 120
    ]
    assert not longues


def test_every_heading_of_a_table_says_of_what() -> None:
    for gabarit in GABARITS:
        for th in re.findall(r"<th\b[^>]*>", gabarit.read_text()):
            assert re.search(r'\bscope="(col|row)"', th), f"{gabarit.name}: {th}"


def test_french_punctuation_never_starts_a_line() -> None:
    for gabarit in GABARITS:
        texte = COMMENTAIRE.sub("x", gabarit.read_text())
        trouve = re.search(r"""[\w)»'] [:;!?»](?=[\s<"']|$)""", texte)
        assert not trouve, f"{gabarit.name}: {texte[max(0, trouve.start() - 30) : trouve.end()]!r}"


def test_the_frame_of_a_page_stays_light() -> None:
    styles = len(brotli.compress(assembler(STATIQUE / "css/certif.css").encode()))
    le_notre = len(brotli.compress(nu((STATIQUE / "certif.js").read_text()).encode()))
    scripts = le_notre + poids(STATIQUE / "vendor/htmx.min.js")
    icones = poids(STATIQUE / "icones.svg") + poids(STATIQUE / "favicon.svg")
    assert le_notre <= 3_600
    assert styles + scripts + icones <= 36_000
