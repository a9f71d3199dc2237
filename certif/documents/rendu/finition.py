"""What the engine leaves to be done to a document of several pages, before it is read back."""

import re
from io import BytesIO
from typing import cast

from pypdf import PdfWriter
from pypdf.generic import (
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from certif.documents.erreurs import RenduImpossible

_REPLI = re.compile(rb"BT /F1 [\d.]+ Tf [\d.]+ TL ET$", re.MULTILINE)
"""A face of the engine's own, chosen at the top of each page: it draws nothing, and no file embeds it.
It ends its line, as no text does, whatever is written there."""


def sans_repli(operateurs: bytes) -> bytes:
    """What draws a page, without the choice of that face."""
    return _REPLI.sub(b"", operateurs)


def finir(pdf: bytes) -> bytes:
    """The same pages with embedded faces only, in a file that says its title and its language.

    Raises:
        RenduImpossible: the file cannot be written again.
    """
    try:
        ecrivain = PdfWriter(clone_from=BytesIO(pdf))
        for page in ecrivain.pages:
            ressources = cast(DictionaryObject, page["/Resources"])
            cast(DictionaryObject, ressources["/Font"]).pop(NameObject("/F1"), None)
            contenu = page.get_contents()
            dessin = DecodedStreamObject()
            dessin.set_data(sans_repli(contenu.get_data()) if contenu is not None else b"")
            page[NameObject("/Contents")] = ecrivain._add_object(dessin.flate_encode())
        presenter(ecrivain)
        ecrivain.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        sortie = BytesIO()
        ecrivain.write(sortie)
    except Exception as erreur:  # whatever pypdf raises, this document is not made
        raise RenduImpossible("La mise en page du document a échoué.", type(erreur).__name__) from erreur
    return sortie.getvalue()


def presenter(ecrivain: PdfWriter) -> None:
    """Have the window of whoever opens it show its title, and say what made it, in French."""
    montrer = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    ecrivain.root_object[NameObject("/ViewerPreferences")] = montrer
    ecrivain.root_object[NameObject("/Lang")] = TextStringObject("fr")
    ecrivain.add_metadata({"/Producer": "Certif"})
