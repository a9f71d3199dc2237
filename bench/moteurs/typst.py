"""Typst, from its own template: one document of as many pages."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import typst

from bench.dessin import CADRE, PLACE_LOGO, Page, chemin, dessiner, matrices
from bench.donnees import LOGO
from certif.documents.certificat.places import CADRE_QR
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.caracteres import POLICES

_GABARIT = Path(__file__).parent / "certificat.typ"
_polices = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[POLICES])
_compilateur = typst.Compiler(font_paths=_polices)


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One document of as many pages."""
    communs, pages = dessiner(donnees)
    matrice = matrices(donnees)
    valeurs = {
        "cadre": CADRE,
        "logo": list(LOGO),
        "place_logo": asdict(PLACE_LOGO),
        "place_qr": asdict(CADRE_QR),
        "communs": [asdict(t) for t in communs],
        "pages": [_page(p, matrice(p.donnees.adresse_verification or "")) for p in pages],
    }
    pdf = _compilateur.compile(
        _GABARIT, format="pdf", sys_inputs={"valeurs": json.dumps(valeurs)}, pdf_tags=False
    )
    if not isinstance(pdf, bytes):
        raise TypeError("one document was asked for")
    yield pdf


def _page(page: Page, rangees: list[str]) -> dict[str, object]:
    cote = len(rangees)
    code = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {cote} {cote}">'
        f'<path d="{chemin(rangees)}" fill="none" stroke="#000"/></svg>'
    )
    return {"textes": [asdict(t) for t in page.textes], "qr": code}
