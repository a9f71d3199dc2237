"""Pages that we wrote, read back at speed: what each shows, by the tables of the fonts that it embeds."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject

_MONTRE = re.compile(rb"(/F\d+\+\d+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj|<([0-9a-f]*)> Tj", re.DOTALL)
"""A font that is chosen, or a text that is shown, in either of the two ways of writing it."""
_ECHAPPE = re.compile(rb"\\(\d{3}|.)", re.DOTALL)
_LETTRE = re.compile(rb"<(..)> <(....)>")


def textes_traces(pdf: bytes) -> list[str]:
    """The text of each page, in the order of drawing; what pages share is read once."""
    lecture = _Lecture()
    return [lecture.texte(page) for page in PdfReader(BytesIO(pdf)).pages]


class _Lecture:
    """One file: the letters of its fonts, and what each of its drawings says in the fonts of a page.

    By the identity of what pypdf read, which it reads once and keeps.
    """

    def __init__(self) -> None:
        self._tables: dict[int, dict[int, str]] = {}
        self._dits: dict[tuple[int, int], str] = {}

    def texte(self, page: PageObject) -> str:
        ressources: Any = page["/Resources"]
        contenu: Any = page["/Contents"]
        suite = [o.get_object() for o in contenu] if isinstance(contenu, ArrayObject) else [contenu]
        return "".join(self._dit(flux, ressources) for flux in suite)

    def _dit(self, flux: Any, ressources: Any) -> str:
        cle = id(flux), id(ressources)
        if cle not in self._dits:
            polices = ressources["/Font"]
            tables = {nom.encode(): self._table(polices[nom]) for nom in polices}
            self._dits[cle] = _lire(flux.get_data(), tables)
        return self._dits[cle]

    def _table(self, police: Any) -> dict[int, str]:
        """The letter that each code of a font stands for."""
        if id(police) not in self._tables:
            self._tables[id(police)] = {
                int(code, 16): bytes.fromhex(lettre.decode()).decode("utf-16-be")
                for code, lettre in _LETTRE.findall(police["/ToUnicode"].get_data())
            }
        return self._tables[id(police)]


def _lire(operateurs: bytes, tables: Mapping[bytes, Mapping[int, str]]) -> str:
    lu: list[str] = []
    lettres: Mapping[int, str] = {}
    for police, clair, chiffres in _MONTRE.findall(operateurs):
        if police:
            lettres = tables[police]
        else:
            octets = bytes.fromhex(chiffres.decode()) if chiffres else _ECHAPPE.sub(_octet, clair)
            lu += (lettres[octet] for octet in octets)
    return "".join(lu)


def _octet(trouve: re.Match[bytes]) -> bytes:
    dit = trouve[1]
    return bytes([int(dit, 8)]) if len(dit) == 3 else dit
