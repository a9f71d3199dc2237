"""The layout engine: a page of HTML becomes a PDF, and whatever the engine leaves out is an error.

xhtml2pdf draws a blank or a box where a glyph, a font or an image is missing, and says so in its log at best:
here a warning is a failure. Nothing is read outside the templates and the fonts, nothing on the network.
"""

import logging
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from reportlab import rl_config
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.caracteres import POLICES

GABARITS = Path(__file__).parents[3] / "templates" / "certificats"
FACES = tuple(sorted(police.stem for police in POLICES.glob("*.ttf")))
"""Names of the embedded faces, as templates declare them."""

# The same data give the same bytes. ReportLab has no other way to ask; it reads these for each document.
rl_config.invariant = 1
rl_config.useA85 = 0

_gabarits = Environment(loader=FileSystemLoader(GABARITS), autoescape=True, undefined=StrictUndefined)
_politique = ResourceAccessPolicy.server(GABARITS, extra_roots=(POLICES,), allow_remote=False)


def mettre_en_page(gabarit: str, emis_le: date, **valeurs: Any) -> bytes:
    """The PDF of a template of `templates/certificats`; every value is escaped, `polices` is given.

    The same values give the same bytes, in any process; the file is dated `emis_le`.

    Raises:
        RenduImpossible: the engine failed, or left something out.
    """
    html = _gabarits.get_template(gabarit).render(polices=FACES, **valeurs)
    return _dater(_convertir(html), emis_le)


def adresse_de(genre: str, octets: bytes) -> str:
    """A picture as a `data:` address, for a template; `genre` is its media type."""
    return f"data:{genre};base64,{b64encode(octets).decode('ascii')}"


def _convertir(html: str) -> bytes:
    """The PDF of a page; whatever the engine leaves out or replaces is an error."""
    sortie = BytesIO()
    try:
        with _avertissements() as plaintes:
            rendu = pisa.CreatePDF(
                html,
                dest=sortie,
                path=str(GABARITS / "page.html"),
                encoding="utf-8",
                resource_policy=_politique,
            )
    except Exception as erreur:  # whatever the engine raises, this document is not made
        raise RenduImpossible("La mise en page du document a échoué.", repr(erreur)) from erreur
    if rendu.err or rendu.warn or plaintes:
        raise RenduImpossible("La mise en page du document est incomplète.", repr([*rendu.log, *plaintes]))
    return sortie.getvalue()


def _dater(pdf: bytes, jour: date) -> bytes:
    """Put the day of issue where ReportLab's reproducible mode writes 01/01/2000, at equal length."""
    return pdf.replace(b"(D:20000101000000+00'00')", f"(D:{jour:%Y%m%d}000000+00'00')".encode("ascii"))


@contextmanager
def _avertissements() -> Iterator[list[str]]:
    """What the engine complains of in this thread: some resources are refused in its log only."""
    plaintes: list[str] = []
    fil = threading.get_ident()

    class Ecoute(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == fil:
                plaintes.append(record.getMessage())

    ecoute = Ecoute(logging.WARNING)
    journal = logging.getLogger("xhtml2pdf")
    journal.addHandler(ecoute)
    try:
        yield plaintes
    finally:
        journal.removeHandler(ecoute)
