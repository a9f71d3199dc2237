"""Pages that the engine drew, read again: what draws them, what they say, what of them is only strokes."""

import re
from datetime import date
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, NameObject

from certif.documents.erreurs import CHANGEMENT, RenduImpossible
from certif.documents.rendu.moteur import mettre_en_page

_TRAITS = re.compile(rb"^n .*$", re.MULTILINE)
"""A path in a page: one line, which begins a new one; a text never does."""
_TEXTE = re.compile(rb"BT .*? ET")


def operateurs_de(page: PageObject) -> bytes:
    """What draws a page."""
    contenu = page.get_contents()
    return contenu.get_data() if contenu is not None else b""


def texte_de(page: PageObject) -> str:
    """The text of a page. Its strokes, which take longer to read than all the rest, are dropped first."""
    sans_traits = ContentStream(None, None, "bytes")
    sans_traits.set_data(_TRAITS.sub(b"", operateurs_de(page)))
    page[NameObject("/Contents")] = sans_traits
    return page.extract_text()


def textes_lus(pdf: bytes) -> list[str]:
    """The text of each page of a file."""
    return [texte_de(page) for page in PdfReader(BytesIO(pdf)).pages]


def traits_de(image: str) -> bytes:
    """What draws a picture of strokes over a whole page, by its `data:` address: it needs no resource.

    Raises:
        RenduImpossible: the engine fails, or no longer writes as expected.
    """
    (page,) = PdfReader(BytesIO(mettre_en_page("cadre.html", date(2000, 1, 1), cadre=image))).pages
    traits = _TEXTE.sub(b"", operateurs_de(page))
    if b"\nS" not in traits or re.search(rb"\b(Tf|Tj|Do|gs|sh)\b", traits):
        raise RenduImpossible(CHANGEMENT, "strokes")
    return traits
