"""Reading certificates back: whether a file is one page that says what was asked, in its own fonts."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from certif.documents.certificat.composition import Composition
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.pages_lues import operateurs_de, texte_de

_MONTRE = re.compile(rb"(/F\d+\+\d+) [\d.]+ Tf <([0-9a-f]*)> Tj")
_TABLE = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>")


def relire(pdf: bytes, composition: Composition, texte: Callable[[PageObject], str] = texte_de) -> None:
    """Check that a file is one page whose text holds every value: name, birth date, number and the rest.

    Raises:
        RenduImpossible: it does not.
    """
    pages = PdfReader(BytesIO(pdf)).pages
    dit = "".join(texte(pages[0]).split())
    blocs = composition.blocs.items()
    absents = [nom for nom, bloc in blocs if "".join("".join(bloc.lignes).split()) not in dit]
    if len(pages) != 1 or absents:
        raise RenduImpossible(
            "Le certificat ne se relit pas tel qu’il a été demandé.", f"{len(pages)} {absents}"
        )


def texte_ecrit(page: PageObject) -> str:
    """The text of a page of the fast way: what each line shows, as the fonts of the page say it."""
    fontes = cast(DictionaryObject, cast(DictionaryObject, page["/Resources"])["/Font"])
    tables = {nom.encode(): _table(cast(DictionaryObject, fontes[nom])) for nom in fontes}
    montres = _MONTRE.findall(operateurs_de(page))
    return "\n".join(
        "".join(map(tables[fonte].__getitem__, bytes.fromhex(octets.decode("ascii"))))
        for fonte, octets in montres
    )


def _table(fonte: DictionaryObject) -> dict[int, str]:
    correspondances = cast(StreamObject, fonte["/ToUnicode"]).get_data()
    return {int(octet, 16): chr(int(lettre, 16)) for octet, lettre in _TABLE.findall(correspondances)}
