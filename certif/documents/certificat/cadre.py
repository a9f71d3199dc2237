"""The frame of a family of certificats: the same on all of them, a quarter of what the engine has to draw.

The referee has it drawn each time. For the compiler it is drawn alone, once in the life of the process, and
the rest of the page is laid over it.
"""

import re
from datetime import date
from functools import cache
from io import BytesIO

from pypdf import PdfReader

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.moteur import GABARITS, adresse_de, mettre_en_page

_COULEURS = ("#124e5b", "#8fa9af")
"""Those of the picture that is kept."""
_TEXTE = re.compile(rb"BT .*? ET")


def image(encre: str, filet: str) -> str:
    """The frame in these colours, as a `data:` address."""
    svg = (GABARITS / "cadre.svg").read_text("utf-8")
    for gardee, voulue in zip(_COULEURS, (encre, filet), strict=True):
        svg = svg.replace(gardee, voulue)
    return adresse_de("image/svg+xml", svg.encode())


@cache
def operateurs(encre: str, filet: str) -> bytes:
    """What draws it on a page, as the engine does; nothing but strokes, so that it needs no resource.

    Raises:
        RenduImpossible: the engine fails, or no longer writes as expected.
    """
    pdf = mettre_en_page("cadre.html", date(2000, 1, 1), cadre=image(encre, filet))
    (page,) = PdfReader(BytesIO(pdf)).pages
    contenu = page.get_contents()
    traits = _TEXTE.sub(b"", contenu.get_data() if contenu is not None else b"")
    if b"\nS" not in traits or re.search(rb"\b(Tf|Tj|Do|gs|sh)\b", traits):
        raise RenduImpossible("Le moteur de mise en page n’écrit plus comme attendu.", "frame")
    return traits
