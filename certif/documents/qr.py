"""QR codes as horizontal strokes, one module high: what a phone reads, and what both ways of printing draw.

The mask is fixed: any of the eight is valid, and looking for the most balanced one costs five times the rest.
With it a code is an affine function of the bits of its text: `Famille` learns that function once from the
library, then draws each code of a series (same beginning, same length) with a few exclusive-ors.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator

import segno

CORRECTION = "m"
MASQUE = 3
MARGE = 4
"""Modules to keep white around a code."""

Trait = tuple[int, int, int]
"""First column, column after the last, row."""


def matrice(texte: str) -> list[str]:
    """The rows of a code, `1` where it is dark, without its margin."""
    code = segno.make_qr(texte.encode("ascii"), error=CORRECTION, mask=MASQUE, boost_error=False, mode="byte")
    return ["".join("1" if module else "0" for module in rangee) for rangee in code.matrix]


def traits(rangees: Iterable[str]) -> Iterator[Trait]:
    """The strokes that draw these rows: each run of dark modules is one."""
    for y, rangee in enumerate(rangees):
        debut = rangee.find("1")
        while debut >= 0:
            fin = rangee.find("0", debut)
            fin = len(rangee) if fin < 0 else fin
            yield debut, fin, y
            debut = rangee.find("1", fin)


def image(texte: str, rangees: int | None = None) -> str:
    """The code as an SVG in a `data:` address, for the layout engine; or its first `rangees` only."""
    modules = matrice(texte)
    cote = len(modules)
    chemin = "".join(f"M{debut} {y + 0.5}H{fin}" for debut, fin, y in traits(modules[:rangees]))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="{cote}pt" height="{cote}pt" viewBox="0 0 {cote} {cote}">'
        f'<path d="{chemin}" fill="none" stroke="#000" stroke-width="1"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode("ascii")).decode("ascii")


class Famille:
    """The codes of texts of one length with a common beginning, each drawn without the library."""

    def __init__(self, modele: str) -> None:
        """The family of this text; the more another shares with it, the less there is to learn."""
        self._modele = modele
        self._cote = len(matrice(self._modele))
        self._base = _entier(self._modele)
        self._par_bit: dict[tuple[int, int], int] = {}
        self._par_lettre: list[dict[str, int]] = [{} for _ in self._modele]

    def matrice(self, texte: str) -> list[str]:
        """The rows of the code of a text of this family, as the function of the same name gives them."""
        if len(texte) != len(self._modele):
            raise ValueError("a text of another length")
        modules = self._base
        for place, lettre in enumerate(texte):
            if lettre != self._modele[place]:
                modules ^= self._ecart(place, lettre)
        bits = f"{modules:0{self._cote**2}b}"
        return [bits[i : i + self._cote] for i in range(0, len(bits), self._cote)]

    def _ecart(self, place: int, lettre: str) -> int:
        """What changes in the code when this letter stands at this place."""
        connus = self._par_lettre[place]
        if lettre not in connus:
            difference = ord(lettre) ^ ord(self._modele[place])
            ecart = 0
            for bit in range(7):
                if difference >> bit & 1:
                    ecart ^= self._ecart_d_un_bit(place, bit)
            connus[lettre] = ecart
        return connus[lettre]

    def _ecart_d_un_bit(self, place: int, bit: int) -> int:
        if (place, bit) not in self._par_bit:
            voisin = list(self._modele)
            voisin[place] = chr(ord(voisin[place]) ^ 1 << bit)
            self._par_bit[place, bit] = self._base ^ _entier("".join(voisin))
        return self._par_bit[place, bit]


def _entier(texte: str) -> int:
    return int("".join(matrice(texte)), 2)
