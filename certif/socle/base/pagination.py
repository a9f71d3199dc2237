"""Long lists, one page at a time: what is asked of them, and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from certif.socle.base.extensions import db

PAR_PAGE = 25

COMPTE_MAX = 10_000
"""Rows that are counted, and led to by rank; how many more there are is of no use to anybody."""

Cle = int | str

T = TypeVar("T")
U = TypeVar("U")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list: a page, and the key of the row it begins after (`apres`) or ends before (`avant`).

    Without a key, or once its row is gone, the page is found by its number.
    """

    page: int = 1
    apres: Cle | None = None
    avant: Cle | None = None

    @property
    def cle(self) -> Cle | None:
        """The key of the row beside it."""
        return self.avant if self.apres is None else self.apres


PREMIERE = Place()


@dataclass(frozen=True, slots=True)
class Question:
    """What a list is asked: words to find, criteria by name, a column to sort by ("": its own order)."""

    recherche: str = ""
    criteres: Mapping[str, Any] = field(default_factory=dict)
    tri: str = ""
    decroissant: bool = False
    place: Place = PREMIERE


@dataclass(frozen=True, slots=True)
class Bouts:
    """The keys of the first and the last row of a page, and whether others follow."""

    premiere: Cle
    derniere: Cle
    suivie: bool


@dataclass(frozen=True)
class PageDe(Generic[T]):
    """One page of a list; `premier` and `dernier` are ranks counted from 1, 0 when there is nothing.

    `plus`: there are more rows than `total`. `bouts`: the pages beside it are led to by key.
    """

    lignes: list[T]
    total: int
    page: int
    plus: bool = field(default=False, kw_only=True)
    bouts: Bouts | None = field(default=None, kw_only=True)

    def de(self, lignes: list[U]) -> "PageDe[U]":
        """The same page, its rows shown otherwise."""
        return PageDe(lignes, self.total, self.page, plus=self.plus, bouts=self.bouts)

    @property
    def pages(self) -> int:
        return _pages(self.total)

    @property
    def premier(self) -> int:
        if not self.lignes:
            return 0
        rang = (self.page - 1) * PAR_PAGE + 1
        # Of a list that has shrunk since its first page was shown.
        return rang if self.plus else min(rang, self.total - len(self.lignes) + 1)

    @property
    def dernier(self) -> int:
        return self.premier + len(self.lignes) - 1 if self.lignes else 0

    @property
    def precedente(self) -> Place | None:
        if self.page <= 1:
            return None
        # To the first page by key too: rows that came before it since are on none of those that were shown.
        return Place(self.page - 1, avant=self.bouts.premiere if self.bouts else None)

    @property
    def suivante(self) -> Place | None:
        if self.bouts:
            return Place(self.page + 1, apres=self.bouts.derniere) if self.bouts.suivie else None
        return Place(self.page + 1) if self.page < self.pages else None

    @property
    def coupee(self) -> bool:
        """Whether rows follow that no page leads to."""
        return self.plus and self.bouts is None and self.suivante is None

    @property
    def seule(self) -> bool:
        """Whether it is the whole list."""
        return self.precedente is None and self.suivante is None


def paginer(
    requete: Select[*tuple[Any, ...]],
    place: Place,
    *,
    cle: ColumnElement[Any] | InstrumentedAttribute[Any] | None = None,
) -> PageDe[Any]:
    """The rows of one page by its rank, the last one when there are not as many, in two queries.

    `requete` groups nothing and ends its order by something unique. Rows of one entity come as that entity.
    `cle`: the key of the rows, which alone is sorted, in a third query: where no index gives their order.
    """
    total, plus = compter(requete)
    page = borner(place.page, total)
    montrees = limiter(requete, page)
    if cle is not None:
        cles = db.session.scalars(montrees.with_only_columns(cle, maintain_column_froms=True)).all()
        if not cles:
            return PageDe([], total, page, plus=plus)
        montrees = requete.where(cle.in_(cles))
    lues = db.session.execute(montrees)
    lignes = list(lues.scalars()) if len(requete.column_descriptions) == 1 else list(lues.all())
    return PageDe(lignes, total, page, plus=plus)


def compter(requete: Select[*tuple[Any, ...]]) -> tuple[int, bool]:
    """How many rows, up to COMPTE_MAX; whether there are more."""
    une: Select[*tuple[Any, ...]] = requete.with_only_columns(
        literal_column("1"), maintain_column_froms=True
    ).order_by(None)
    total = db.session.scalar(select(func.count()).select_from(une.limit(COMPTE_MAX + 1).subquery())) or 0
    return min(total, COMPTE_MAX), total > COMPTE_MAX


def decouper(lignes: Sequence[T], place: Place) -> PageDe[T]:
    """One page of rows that are all there, the last one when there are not as many."""
    page = borner(place.page, len(lignes))
    debut = (page - 1) * PAR_PAGE
    return PageDe(list(lignes[debut : debut + PAR_PAGE]), len(lignes), page)


def borner(page: int, total: int) -> int:
    """The page that is asked for, or the nearest that a list of so many rows has."""
    return min(max(page, 1), _pages(total))


def limiter(requete: Select[*Ts], page: int, *, une_de_plus: bool = False) -> Select[*Ts]:
    """The part of a query that one page shows; with `une_de_plus`, the row that follows too."""
    return requete.limit(PAR_PAGE + une_de_plus).offset((page - 1) * PAR_PAGE)


def _pages(total: int) -> int:
    return max(1, -(-total // PAR_PAGE))
