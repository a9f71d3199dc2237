"""How a text of any length enters its place: smaller down to a floor, then on more lines, never cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from certif.documents.rendu.caracteres import POLICES

# Nothing that a certificate prints is longer; beyond, looking for a place would cost for nothing.
LONGUEUR_MAX = 1000
MARGE = 3
A_PEU_PRES = 1e-6
"""The engine breaks a line that is as wide as its column, or does not: each stays narrower by as much."""
INTERLIGNE = 1.37
"""Distance between two lines, in sizes: the engine sets the embedded faces no closer."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """A place on the page, in points from its top left corner, and how a text may stand in it.

    One line from `corps` down to `plancher`; then two lines from `corps` down to `serre`; beyond, as many
    lines as the height holds, from `serre` down to `minimum`, breaking inside words where it must.

    `centre`: the lines stand in the middle of the height, or at its top. `axe`: each stands around the middle
    of the width, or begins at the left.
    """

    gauche: float
    haut: float
    largeur: float
    hauteur: float
    police: str
    corps: float
    plancher: float
    serre: float
    minimum: float
    interligne: float = INTERLIGNE
    centre: bool = True
    axe: bool = False


@dataclass(frozen=True, slots=True)
class Bloc:
    """A text laid out: its lines, their size, the distance between them and the top of the first."""

    cadre: Cadre
    texte: str
    lignes: tuple[str, ...]
    corps: float

    @property
    def blancs(self) -> tuple[bool, ...]:
        """Whether a space of the text, which is not drawn, follows each line."""
        if len(self.lignes) == 1:
            return (False,)
        ici, suivis = 0, []
        for ligne in self.lignes:
            ici += len(ligne)
            reste = len(self.texte) - ici
            ici += reste - len(self.texte[ici:].lstrip())
            suivis.append(len(self.texte) - ici < reste)
        return tuple(suivis)

    @property
    def gauche(self) -> float:
        """Left of its box, which is a little wider than its place: rounding must not break a line."""
        return self.cadre.gauche - MARGE

    @property
    def largeur(self) -> float:
        """Width of its box."""
        return self.cadre.largeur + 2 * MARGE

    @property
    def pas(self) -> float:
        """Distance from one line to the next, in points."""
        return round(self.corps * self.cadre.interligne, 2)

    @property
    def haut(self) -> float:
        """Top of the first line: the text stands in the middle of its place, or at its top."""
        blanc = (self.cadre.hauteur - self.pas * len(self.lignes)) / 2 if self.cadre.centre else 0
        return round(self.cadre.haut + blanc, 2)


class TropLong(ValueError):
    """The text does not fit, even at the smallest size."""


@cache
def _police(nom: str) -> TTFont:
    return TTFont(nom, str(POLICES / f"{nom}.ttf"))


def face_de(police: str) -> TTFontFace:
    """An embedded face, by its name."""
    return _police(police).face


def hauteurs(police: str) -> tuple[float, float]:
    """How far the letters of a face go above the line and under it, in sizes."""
    face = face_de(police)
    return face.ascent / 1000, -face.descent / 1000


def largeur(texte: str, police: str, corps: float) -> float:
    """Width in points of a text drawn in an embedded face."""
    return 0.001 * corps * sum(map(_avances(police).__getitem__, map(ord, texte)))


class _Avances(dict[int, float]):
    """How far each character of a face moves the pen, in thousandths of a size."""

    def __init__(self, face: TTFontFace) -> None:
        super().__init__(face.charWidths)
        self._des_autres = float(face.defaultWidth)

    def __missing__(self, code: int) -> float:
        return self._des_autres


@cache
def _avances(police: str) -> _Avances:
    return _Avances(face_de(police))


def composer(morceaux: Sequence[str], cadre: Cadre) -> Bloc:
    """Lay a text out in its place; where it takes two lines, it rather breaks between `morceaux`.

    Raises TropLong when it cannot fit.
    """
    texte = " ".join(m for m in morceaux if m)
    if len(texte) > LONGUEUR_MAX:
        raise TropLong(len(texte))
    for lignes in _en_une_ou_deux(texte, morceaux, cadre):
        if lignes and (corps := _plus_grand_corps(lignes, cadre)):
            return Bloc(cadre, texte, lignes, corps)
    for corps in _corps(cadre.serre, cadre.minimum):
        bloc = Bloc(cadre, texte, tuple(_couler(texte, cadre, corps)), corps)
        if bloc.pas * len(bloc.lignes) <= cadre.hauteur:
            return bloc
    raise TropLong(len(texte))


def _en_une_ou_deux(texte: str, morceaux: Sequence[str], cadre: Cadre) -> Iterator[tuple[str, ...]]:
    """The text on one line, then on two, the best first; empty where it cannot be cut so."""
    yield (texte,)
    entre = [(" ".join(morceaux[:i]), " ".join(morceaux[i:])) for i in range(1, len(morceaux)) if morceaux[i]]
    yield _plus_etroite(entre, cadre)
    yield _plus_etroite(_coupes(texte), cadre)


def _corps(grand: float, petit: float) -> Iterator[float]:
    corps = grand
    while corps >= petit:
        yield corps
        corps -= 0.5


def _plus_grand_corps(lignes: Sequence[str], cadre: Cadre) -> float | None:
    """The largest size, not under the floor, at which these lines fit; None when there is none."""
    plus_large = max(largeur(ligne, cadre.police, 1) for ligne in lignes)
    for corps in _corps(cadre.corps, cadre.plancher if len(lignes) == 1 else cadre.serre):
        haut = corps * cadre.interligne * len(lignes) <= cadre.hauteur
        if haut and corps * plus_large <= cadre.largeur - A_PEU_PRES:
            return corps
    return None


def _coupes(texte: str) -> list[tuple[str, str]]:
    """Every way to break a text in two, after a hyphen or at a space."""
    return [
        (texte[: i + 1].rstrip(), texte[i + 1 :].lstrip())
        for i, caractere in enumerate(texte[:-1])
        if caractere in " -\u2010" and texte[i + 1 :].strip()
    ]


def _plus_etroite(coupes: Sequence[tuple[str, str]], cadre: Cadre) -> tuple[str, ...]:
    """Of several breaks, the one whose longer line is the shortest; empty when there is none."""
    return min(coupes, key=lambda c: max(largeur(ligne, cadre.police, 10) for ligne in c), default=())


def _couler(texte: str, cadre: Cadre, corps: float) -> Iterator[str]:
    """Lines filled one after the other, breaking at a space or hyphen, inside a word only where none is."""
    while texte:
        fin, reste = 0, cadre.largeur - A_PEU_PRES
        while fin < len(texte) and (reste := reste - largeur(texte[fin], cadre.police, corps)) >= 0:
            fin += 1
        fin = fin or 1
        if fin < len(texte):
            souple = max((i for i, c in enumerate(texte[: fin + 1]) if c == " "), default=0)
            souple = max(
                souple, 1 + max((i for i, c in enumerate(texte[:fin]) if c in "-\u2010"), default=-1)
            )
            fin = souple or fin
        yield texte[:fin].rstrip()
        texte = texte[fin:].lstrip()
