"""What a page draws: its lines of text and its strokes, where they stand and how.

Only the operators that both ways of printing use are understood; any other is an error, and not guessed at.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pypdf.generic import ContentStream

Matrice = tuple[float, float, float, float, float, float]
IDENTITE: Matrice = (1, 0, 0, 1, 0, 0)

_SANS_EFFET = set(b"w d J j RG n h re f f* W W* BMC BDC EMC".split())
"""Operators that neither move the text nor change how it looks."""


@dataclass(slots=True)
class Ligne:
    """One line of text: where its baseline begins from an origin, its size, its colour, its codes by font.

    Origin and shift are told apart: their sum may fall on another pixel.
    """

    origine: tuple[float, float]
    x: float
    y: float
    corps: float
    couleur: tuple[float, ...]
    morceaux: list[tuple[str, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class Dessin:
    """Strokes painted together, with the matrix that was in force."""

    matrice: Matrice
    points: list[tuple[float, float]]

    @property
    def places(self) -> list[float]:
        """Where their ends are on the page, one number after the other."""
        a, b, c, d, e, f = self.matrice
        return [n for x, y in self.points for n in (a * x + c * y + e, b * x + d * y + f)]


class Lecteur:
    """Reads operators once; `lignes` and `dessins` are in the order of drawing."""

    def __init__(self, operateurs: bytes) -> None:
        self.lignes: list[Ligne] = []
        self.dessins: list[Dessin] = []
        self._matrice = IDENTITE
        self._piles: list[tuple[Matrice, tuple[float, ...]]] = []
        self._texte = (0.0, 0.0)
        self._couleur: tuple[float, ...] = (0.0,)
        self._police, self._corps, self._interligne = "", 0.0, 0.0
        self._suite = False
        self._points: list[tuple[float, float]] = []
        contenu = ContentStream(None, None)
        contenu.set_data(operateurs)
        for operandes, operateur in contenu.operations:
            self._suivre(operateur, list(operandes))

    def _suivre(self, operateur: bytes, o: list[object]) -> None:
        match operateur:
            case b"q":
                self._piles.append((self._matrice, self._couleur))
            case b"Q":
                self._matrice, self._couleur = self._piles.pop()
            case b"cm":
                self._matrice = _composer(_nombres(o), self._matrice)
            case b"BT":
                self._aller(0, 0)
            case b"Tm":
                *reste, x, y = _nombres(o)
                self._exiger(reste == [1, 0, 0, 1], operateur)
                self._aller(x, y)
            case b"Td":
                x, y = _nombres(o)
                self._aller(self._texte[0] + x, self._texte[1] + y)
            case b"T*":
                self._aller(self._texte[0], self._texte[1] - self._interligne)
            case b"TL":
                (self._interligne,) = _nombres(o)
            case b"Tf":
                self._police, (self._corps,) = str(o[0]), _nombres(o[1:])
            case b"rg":
                self._couleur = tuple(_nombres(o))
            case b"Tj":
                self._ecrire(o[0])
            case b"m" | b"l":
                x, y = _nombres(o)
                self._points.append((x, y))
            case b"S":
                self.dessins.append(Dessin(self._matrice, self._points))
                self._points = []
            case b"ET" | b"c":
                pass
            case _:
                self._exiger(operateur in _SANS_EFFET, operateur)

    def _aller(self, x: float, y: float) -> None:
        self._texte, self._suite = (x, y), False

    def _ecrire(self, texte: object) -> None:
        if not self._suite:
            self._exiger(self._matrice[:4] == IDENTITE[:4], b"Tj")
            self.lignes.append(Ligne(self._matrice[4:], *self._texte, self._corps, self._couleur))
            self._suite = True
        octets = getattr(texte, "original_bytes", b"")
        morceaux = self.lignes[-1].morceaux
        if morceaux and morceaux[-1][0] == self._police:
            # Shown in several goes, one after the other: it is one run all the same.
            octets = morceaux.pop()[1] + octets
        morceaux.append((self._police, octets))

    @staticmethod
    def _exiger(condition: bool, operateur: bytes) -> None:
        if not condition:
            raise AssertionError(f"operator {operateur!r}")


def _nombres(operandes: Iterable[object]) -> list[float]:
    return [float(o) for o in operandes]  # type: ignore[arg-type]


def _composer(o: list[float], m: Matrice) -> Matrice:
    """The matrix `o` applied before `m`."""
    a, b, c, d, e, f = o
    return (
        a * m[0] + b * m[2],
        a * m[1] + b * m[3],
        c * m[0] + d * m[2],
        c * m[1] + d * m[3],
        e * m[0] + f * m[2] + m[4],
        e * m[1] + f * m[3] + m[5],
    )
