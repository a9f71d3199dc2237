"""A table of `document.html`, drawn: its headings, its rows, its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certif.documents.de_session.styles import DU_CARRE, ENCRE, FILET, FOND, GRIS, TEXTE, exiger, texte_de
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import COURANT, FORT
from certif.documents.rendu.toile import DROITE, MILIEU, Texte, Toile, nombres, rgb

_TITRE, _SOUS_LE_TITRE = 8.0, 7.5
_BORD, _BORD_DU_RANG = 5.0, 1.0
_SOUS, _SUR_ET_SOUS = 2.0, 3.0
"""White under a text, and over and under it."""
_DANS_LE_TITRE = 9.0
_SOUS_UN_TITRE = 5.0
_COTE, _HAUTEUR_DE_CASE = 12.0, 12.4
"""Side of a box to tick, and what it takes in its cell."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: its width, its heading and what stands under it, whether a line stands at its left."""

    largeur: float
    titre: str
    sous_le_titre: str = ""
    centre: bool = False
    filet: bool = False
    filet_du_titre: bool = False

    @property
    def textes(self) -> tuple[Texte, ...]:
        """Its heading."""
        titre = Texte((self.titre,), FORT, _TITRE, 11, ENCRE, MILIEU if self.centre else 0)
        sous = Texte((self.sous_le_titre,), COURANT, _SOUS_LE_TITRE, 11, GRIS, dans=_TITRE)
        return (titre, sous) if self.sous_le_titre else (titre,)


@dataclass(frozen=True, slots=True)
class Cellule:
    """Texts one under the other, or a box to tick, over so many columns."""

    textes: Sequence[Texte] = ()
    case: bool = False
    colonnes: int = 1

    @property
    def hauteur(self) -> float:
        return _HAUTEUR_DE_CASE if self.case else sum(t.hauteur for t in self.textes)


VIDE, CASE = Cellule(), Cellule(case=True)


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row: its height, and its cells."""

    hauteur: float
    cellules: Sequence[Cellule]


def cellule(bloc: Bloc, police: str = COURANT) -> Cellule:
    """A measured text, alone in its cell."""
    return Cellule((texte_de(bloc, police),))


def rang(numero: object) -> Cellule:
    """The rank of a row."""
    return Cellule((Texte((str(numero),), COURANT, 9, 12.33, GRIS, DROITE),))


def tracer(
    toile: Toile, haut: float, titres: float, colonnes: Sequence[Colonne], lignes: Sequence[Ligne]
) -> None:
    """Draw a table that stands at the left of the page's body, on its bottom, `haut` high.

    Raises:
        RenduImpossible: a text does not hold in its cell.
    """
    xs = [0.0]
    for colonne in colonnes:
        xs.append(xs[-1] + colonne.largeur)
    y = haut - titres
    toile.fonds([(x, haut, c.largeur, -titres) for x, c in zip(xs, colonnes, strict=False)], FOND)
    for x, c in zip(xs, colonnes, strict=False):
        contenu = Cellule(c.textes)
        exiger(contenu.hauteur <= titres - _DANS_LE_TITRE)
        _empiler(toile, contenu, x, y + _SOUS_UN_TITRE, c.largeur)
    traits: list[Sequence[float]] = []
    for ligne in lignes:
        y -= ligne.hauteur
        for x, large, c, contenu in _places(xs, colonnes, ligne):
            exiger(contenu.hauteur <= ligne.hauteur - _SUR_ET_SOUS)
            _empiler(toile, contenu, x, y + (ligne.hauteur + 1 - contenu.hauteur) / 2, large)
            if c.filet:
                traits.append((x, y, x, y + ligne.hauteur))
            traits.append((x, y, x + large, y))
    toile.operateurs(DU_CARRE)
    for x, c in zip(xs, colonnes, strict=False):
        toile.traits([(x, haut, x + c.largeur, haut)], ENCRE, 0.8)
        if c.filet_du_titre:
            toile.traits([(x, haut - titres, x, haut)], FILET, 0.5)
        toile.traits([(x, haut - titres, x + c.largeur, haut - titres)], ENCRE, 0.8)
    toile.traits(traits, FILET, 0.5)
    toile.operateurs("Q")


def _places(
    xs: Sequence[float], colonnes: Sequence[Colonne], ligne: Ligne
) -> Iterator[tuple[float, float, Colonne, Cellule]]:
    """Where each cell of a row begins, its width, its column, and the cell."""
    rang = 0
    for contenu in ligne.cellules:
        fin = rang + contenu.colonnes
        yield xs[rang], xs[fin] - xs[rang], colonnes[rang], contenu
        rang = fin


def _empiler(toile: Toile, contenu: Cellule, x: float, y: float, large: float) -> None:
    """What stands in a cell that begins there, from its bottom up."""
    if contenu.case:
        dedans = large - 2 * _BORD
        toile.operateurs(
            f"q 1 0 0 1 {nombres(x + _BORD, y)} cm 1 0 0 1 {nombres((dedans - _COTE) / 2, 0.4)} cm "
            f"1 0 0 -1 0 {_COTE:g} cm 0 J 0 j {rgb(TEXTE)} RG .8 w n .6 .6 10.8 10.8 re S Q"
        )
    for texte in reversed(contenu.textes):
        bord = _BORD_DU_RANG if texte.alignement == DROITE else _BORD
        toile.texte(x + bord, y, texte, large - bord - _BORD)
        y += texte.hauteur
