"""Where the tables of a document are cut into pages, and how high their rows stand: pure, in points.

No page begins or ends with a row or two of a table that goes on, a heading stays with the first rows of its
table, and what closes the document with the last ones. Rows give a little of their height before they take
another page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ENSEMBLE = 3
"""Rows that stay together, at either side of a cut and over what closes the document."""
_BLANC = 6.0
"""White over and under the text of a row, at least."""


@dataclass(frozen=True, slots=True)
class Liste:
    """A table: what stands over it, once; its headings, again on each page; the height of each row's text."""

    avant: float
    titres: float
    textes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Feuillet:
    """A page: its height, that of what closes the last one, and how high a row is, at most and at least."""

    hauteur: float
    cloture: float
    ample: float
    serre: float


@dataclass(frozen=True, slots=True)
class Morceau:
    """Rows of a table that stand on one page: which table, from which row, and the height of each."""

    liste: int
    debut: int
    hauteurs: tuple[float, ...]


Page = tuple[Morceau, ...]


def paginer(listes: Sequence[Liste], feuillet: Feuillet) -> tuple[Page, ...]:
    """The pages of these tables: as few as the lowest rows allow, then rows as high as those pages allow."""
    hauteur = feuillet.serre
    pages = _couper(listes, feuillet, hauteur)
    while hauteur < feuillet.ample:
        hauteur = min(hauteur + 1, feuillet.ample)
        plus_amples = _couper(listes, feuillet, hauteur)
        if len(plus_amples) > len(pages):
            break
        pages = plus_amples
    return pages


def _couper(listes: Sequence[Liste], feuillet: Feuillet, hauteur: float) -> tuple[Page, ...]:
    """The cut that parts the fewest rows from their like, then has the fewest pages, the first ones full."""
    rangees = [(rang, place) for rang, liste in enumerate(listes) for place in range(len(liste.textes))]
    hauteurs = [max(hauteur, listes[rang].textes[place] + _BLANC) for rang, place in rangees]
    fin_de_tout = len(rangees)
    # From each row to the end: rows parted, pages, and where the first of them ends.
    suites: list[tuple[int, int, int]] = [(0, 0, 0)] * (fin_de_tout + 1)
    for debut in reversed(range(fin_de_tout)):
        essais: list[tuple[int, int, int]] = []
        haut = 0.0
        for fin in range(debut + 1, fin_de_tout + 1):
            rang, place = rangees[fin - 1]
            haut += hauteurs[fin - 1]
            if place == 0 or fin - 1 == debut:
                haut += listes[rang].titres + (listes[rang].avant if place == 0 else 0)
            if haut > feuillet.hauteur and essais:
                break
            if haut + feuillet.cloture <= feuillet.hauteur or fin < fin_de_tout or not essais:
                separees, pages, _ = suites[fin]
                essais.append((separees + _separees(listes, rangees, debut, fin), pages + 1, -fin))
        separees, pages, moins_fin = min(essais)
        suites[debut] = (separees, pages, -moins_fin)
    pages_, debut = [], 0
    while debut < fin_de_tout:
        fin = suites[debut][2]
        pages_.append(_page(rangees[debut:fin], hauteurs[debut:fin]))
        debut = fin
    return tuple(pages_) or ((),)


def _separees(listes: Sequence[Liste], rangees: Sequence[tuple[int, int]], debut: int, fin: int) -> int:
    """How many rows are missing at the edges of a page, each to stand with its like; at the end, twice."""
    (liste, premiere), (_, derniere) = rangees[debut], rangees[fin - 1]
    nombre, manquent = fin - debut, 0
    if premiere > 0:
        manquent += _manquent(min(nombre, len(listes[liste].textes) - premiere))
    if fin < len(rangees) and rangees[fin][1] > 0:
        manquent += _manquent(min(nombre, derniere + 1))
    if fin == len(rangees) and debut > 0:
        manquent += 2 * _manquent(nombre)
    return manquent


def _manquent(bord: int) -> int:
    return ENSEMBLE - bord if bord < ENSEMBLE else 0


def _page(rangees: Sequence[tuple[int, int]], hauteurs: Sequence[float]) -> Page:
    morceaux = []
    for liste in dict.fromkeys(rang for rang, _ in rangees):
        places = [i for i, (rang, _) in enumerate(rangees) if rang == liste]
        morceaux.append(Morceau(liste, rangees[places[0]][1], tuple(hauteurs[i] for i in places)))
    return tuple(morceaux)
