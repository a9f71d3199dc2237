"""WeasyPrint, from its own page: one document of as many pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import weasyprint
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint.text.fonts import FontConfiguration

from bench.dessin import CADRE, PLACE_LOGO, Page, chemin, dessiner, matrices
from bench.donnees import LOGO
from certif.documents.certificat.places import CADRE_QR
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.caracteres import POLICES
from certif.documents.rendu.moteur import adresse_de

_gabarits = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One document of as many pages."""
    communs, pages = dessiner(donnees)
    matrice = matrices(donnees)
    html = _gabarits.get_template("weasyprint.html").render(
        polices=sorted(POLICES.glob("*.ttf")),
        cadre=adresse_de("image/svg+xml", CADRE.encode()),
        logo=adresse_de("image/png", LOGO),
        place_logo=PLACE_LOGO,
        place_qr=CADRE_QR,
        communs=communs,
        pages=[_page(p, matrice(p.donnees.adresse_verification or "")) for p in pages],
    )
    yield weasyprint.HTML(string=html).write_pdf(font_config=FontConfiguration())


def _page(page: Page, rangees: list[str]) -> dict[str, object]:
    return {"textes": page.textes, "cote": len(rangees), "chemin": chemin(rangees)}
