"""Which letters the faces that print names draw with one outline (R4): nobody tells them apart on paper."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reportlab.pdfbase.ttfonts import TTFontFile

from certif.documents.certificat.places import COURANT, FORT, NOM, TITRE
from certif.documents.rendu.caracteres import POLICES

FACES = (COURANT, FORT, NOM, TITRE)
"""The upright faces. The italic one prints no name."""

Point = tuple[float, float, bool]
Dessin = tuple[tuple[Point, ...], ...]
_SUR_LA_COURBE, _X_COURT, _Y_COURT, _REPETE, _X_MEME, _Y_MEME = 1, 2, 4, 8, 16, 32
_MOTS, _DECALAGE, _ECHELLE, _SUITE, _DEUX_ECHELLES, _MATRICE = 1, 2, 8, 32, 64, 128


def groupes(face: str, lettres: Iterable[str]) -> list[list[str]]:
    """The letters that this face draws alike, two or more together, wherever their outline starts."""
    police = _Police(face)
    par_dessin: dict[Dessin, list[str]] = defaultdict(list)
    for lettre in lettres:
        par_dessin[police.dessin(lettre)].append(lettre)
    return [memes for memes in par_dessin.values() if len(memes) > 1]


class _Police:
    """The outlines of one file, in units of its em, as the `glyf` table of OpenType describes them."""

    def __init__(self, face: str) -> None:
        self._fichier = TTFontFile(str(POLICES / f"{face}.ttf"))
        longues = struct.unpack(">h", self._fichier.get_table("head")[50:52])[0]
        loca = self._fichier.get_table("loca")
        positions = struct.unpack(f">{len(loca) // (4 if longues else 2)}{'I' if longues else 'H'}", loca)
        self._bornes = [(a, b) if longues else (2 * a, 2 * b) for a, b in pairwise(positions)]
        self._glyf = self._fichier.get_table("glyf")

    def dessin(self, lettre: str) -> Dessin:
        """The outline from its leftmost point, each contour from its lowest one, in a fixed order."""
        contours = list(self._contours(self._fichier.charToGlyph[ord(lettre)]))
        gauche = min((x for contour in contours for x, _, _ in contour), default=0)
        return tuple(sorted(_tourne([(x - gauche, y, sur) for x, y, sur in c]) for c in contours))

    def _contours(self, glyphe: int) -> Iterator[list[Point]]:
        debut, fin = self._bornes[glyphe]
        octets = self._glyf[debut:fin]
        if not octets:
            return
        (nombre,) = struct.unpack_from(">h", octets)
        yield from _simple(octets, nombre) if nombre >= 0 else self._compose(octets)

    def _compose(self, octets: bytes) -> Iterator[list[Point]]:
        """A letter made of others: each at its offset, and its scale."""
        place, drapeaux = 10, _SUITE
        while drapeaux & _SUITE:
            drapeaux, glyphe = struct.unpack_from(">HH", octets, place)
            if not drapeaux & _DECALAGE:
                raise ValueError("a part that is placed by points is not read here")
            dx, dy = struct.unpack_from(">hh" if drapeaux & _MOTS else ">bb", octets, place + 4)
            place += 8 if drapeaux & _MOTS else 6
            n = (
                4
                if drapeaux & _MATRICE
                else 2
                if drapeaux & _DEUX_ECHELLES
                else 1
                if drapeaux & _ECHELLE
                else 0
            )
            lus = [v / 16384 for v in struct.unpack_from(f">{n}h", octets, place)]
            place += 2 * n
            xx, xy, yx, yy = {0: (1, 0, 0, 1), 1: (*lus, 0, 0, *lus), 2: (*lus[:1], 0, 0, *lus[1:]), 4: lus}[
                n
            ]
            for contour in self._contours(glyphe):
                yield [(x * xx + y * yx + dx, x * xy + y * yy + dy, sur) for x, y, sur in contour]


def _simple(octets: bytes, nombre: int) -> Iterator[list[Point]]:
    fins = struct.unpack_from(f">{nombre}H", octets, 10)
    place = 10 + 2 * nombre
    place += 2 + struct.unpack_from(">H", octets, place)[0]
    drapeaux: list[int] = []
    while len(drapeaux) <= fins[-1]:
        drapeau = octets[place]
        fois = 1 + (octets[place + 1] if drapeau & _REPETE else 0)
        drapeaux += [drapeau] * fois
        place += 2 if drapeau & _REPETE else 1
    xs, place = _coordonnees(octets, place, drapeaux, _X_COURT, _X_MEME)
    ys, _ = _coordonnees(octets, place, drapeaux, _Y_COURT, _Y_MEME)
    points = [(x, y, bool(d & _SUR_LA_COURBE)) for x, y, d in zip(xs, ys, drapeaux, strict=True)]
    for avant, fin in pairwise((-1, *fins)):
        yield points[avant + 1 : fin + 1]


def _coordonnees(
    octets: bytes, place: int, drapeaux: list[int], court: int, meme: int
) -> tuple[list[float], int]:
    valeur, valeurs = 0, []
    for drapeau in drapeaux:
        if drapeau & court:
            valeur += octets[place] if drapeau & meme else -octets[place]
            place += 1
        elif not drapeau & meme:
            valeur += struct.unpack_from(">h", octets, place)[0]
            place += 2
        valeurs.append(float(valeur))
    return valeurs, place


def _tourne(contour: list[Point]) -> tuple[Point, ...]:
    rang = contour.index(min(contour))
    return (*contour[rang:], *contour[:rang])
