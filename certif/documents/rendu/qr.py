"""QR codes as horizontal strokes, one module high: what a phone reads, and what both ways of printing draw.

The mask is fixed: any of the eight is valid, and looking for the most balanced one costs five times the rest.
With it a code is an affine function of the bits of its text: `Famille` learns that function once from the
library, then draws each code of a series (same beginning, same length) with a few exclusive-ors.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise

import segno
from PIL import Image

CORRECTION = "m"
MASQUE = 3
TEMOIN = "A"
"""The letter from which the others are told, in a family."""
_POINTS = 4
"""A side of a module, in points of a PNG: no printer blurs it."""
_SOMBRES = re.compile("1+")
_MORCEAU = 4
_MASQUE_DE_MORCEAU = (1 << _MORCEAU + 1) - 1
MARGE = 4
"""Modules to keep white around a code."""

Trait = tuple[int, int, int]
"""First column, column after the last, row."""


def matrice(texte: str) -> list[str]:
    """The rows of a code, `1` where it is dark, without its margin."""
    code = segno.make_qr(texte.encode("ascii"), error=CORRECTION, mask=MASQUE, boost_error=False, mode="byte")
    return ["".join("1" if module else "0" for module in rangee) for rangee in code.matrix]


def traits(rangees: Iterable[str]) -> list[Trait]:
    """The strokes that draw these rows: each run of dark modules is one."""
    return [(*suite.span(), y) for y, rangee in enumerate(rangees) for suite in _SOMBRES.finditer(rangee)]


def operateurs(rangees: Sequence[str]) -> str:
    """The same strokes as operators of a PDF, each at the number of its row."""
    # A row ends with a white module: no stroke goes on in the next.
    modules = int("0".join(rangees) + "0" * _MORCEAU, 2)
    return "".join([bords[modules >> rang & _MASQUE_DE_MORCEAU] for rang, bords in _bords(len(rangees))])


@cache
def _bords(cote: int) -> list[tuple[int, list[str]]]:
    """Where runs begin and end among a few modules, by what these are; with how far they are from the last.

    The first of them stands before: it only tells what goes on.
    """
    nombre = cote * (cote + 1) - 1 + _MORCEAU
    return [
        (nombre - debut - _MORCEAU, [_bord(cote + 1, debut, modules) for modules in range(1 << _MORCEAU + 1)])
        for debut in range(0, nombre - _MORCEAU + 1, _MORCEAU)
    ]


def _bord(largeur: int, debut: int, modules: int) -> str:
    bits = f"{modules:0{_MORCEAU + 1}b}"
    changes = [(debut + i, ici) for i, (avant, ici) in enumerate(pairwise(bits)) if avant != ici]
    return "".join(
        f"{rang % largeur} {rang // largeur} {'m' if ici == '1' else 'l'} " for rang, ici in changes
    )


def chemin(texte: str, rangees: int | None = None) -> tuple[int, str]:
    """How many modules a side has, and the strokes as the `d` of an SVG path; its first `rangees` only."""
    modules = matrice(texte)
    return len(modules), "".join(f"M{debut} {y + 0.5}H{fin}" for debut, fin, y in traits(modules[:rangees]))


def image(texte: str, rangees: int | None = None) -> str:
    """The code as an SVG in a `data:` address, for the layout engine; or its first `rangees` only."""
    cote, trace = chemin(texte, rangees)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="{cote}pt" height="{cote}pt" viewBox="0 0 {cote} {cote}">'
        f'<path d="{trace}" fill="none" stroke="#000" stroke-width="1"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode("ascii")).decode("ascii")


def points(texte: str) -> str:
    """The code as a black and white PNG in a `data:` address: faster for the engine than strokes."""
    rangees = matrice(texte)
    cote = len(rangees)
    image = Image.frombytes("L", (cote, cote), bytes(0 if m == "1" else 255 for r in rangees for m in r))
    sortie = BytesIO()
    image.resize((cote * _POINTS, cote * _POINTS), Image.Resampling.NEAREST).convert("1").save(sortie, "PNG")
    return "data:image/png;base64," + b64encode(sortie.getvalue()).decode("ascii")


def pixels(rangees: Sequence[str]) -> tuple[int, bytes]:
    """The picture that `points` gives of a code, a bit for a pixel: its side, and its rows from the top."""
    cote = len(rangees) * _POINTS
    reste = -cote % 8
    lignes = (
        rangee.replace("0", "x").replace("1", "0" * _POINTS).replace("x", "1" * _POINTS) for rangee in rangees
    )
    octets = (int(ligne + "0" * reste, 2).to_bytes((cote + reste) // 8) for ligne in lignes)
    return cote, b"".join(octet * _POINTS for octet in octets)


class Famille:
    """The codes of the texts of one length that begin alike, each drawn without the library."""

    def __init__(self, debut: str, longueur: int) -> None:
        """Learn what each bit after `debut` changes in a code: a tenth of a second for sixteen letters."""
        self._modele = debut + TEMOIN * (longueur - len(debut))
        self._debut = debut
        self._cote = len(matrice(self._modele))
        self._base = _entier(self._modele)
        self._par_bit = [self._ecarts_d_un_bit(place) for place in range(len(debut), longueur)]
        self._par_lettre: list[dict[str, int]] = [{TEMOIN: 0} for _ in self._par_bit]

    def matrice(self, texte: str) -> list[str]:
        """The rows of the code of a text of this family, as the function of the same name gives them."""
        if len(texte) != len(self._modele) or not texte.startswith(self._debut):
            raise ValueError("a text of another family")
        modules = self._base
        for place, lettre in enumerate(texte[len(self._debut) :]):
            modules ^= self._ecart(place, lettre)
        bits = f"{modules:0{self._cote**2}b}"
        return [bits[i : i + self._cote] for i in range(0, len(bits), self._cote)]

    def _ecart(self, place: int, lettre: str) -> int:
        """What changes in the code when this letter stands at this place after the beginning."""
        connus = self._par_lettre[place]
        if lettre not in connus:
            difference = ord(lettre) ^ ord(TEMOIN)
            ecart = 0
            for bit, change in enumerate(self._par_bit[place]):
                if difference >> bit & 1:
                    ecart ^= change
            connus[lettre] = ecart
        return connus[lettre]

    def _ecarts_d_un_bit(self, place: int) -> list[int]:
        avant, apres = self._modele[:place], self._modele[place + 1 :]
        return [self._base ^ _entier(f"{avant}{chr(ord(TEMOIN) ^ 1 << bit)}{apres}") for bit in range(7)]


@lru_cache(maxsize=4)
def famille(debut: str, longueur: int) -> Famille:
    """A family, learnt once in the life of the process: an installation has one, that of its addresses."""
    return Famille(debut, longueur)


def dessinateur(adresses: Iterable[str]) -> Callable[[str], list[str]]:
    """What draws the codes of these addresses: their family where they are all of one, else the library."""
    formes = {(adresse[: adresse.rfind("/") + 1], len(adresse)) for adresse in adresses}
    return famille(*formes.pop()).matrice if len(formes) == 1 else matrice


def _entier(texte: str) -> int:
    return int("".join(matrice(texte)), 2)
