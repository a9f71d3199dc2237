"""Long lists, one page at a time: what is asked of them, and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from certif.socle.base.extensions import db

PAR_PAGE = 25

COMPTE_MAX = 10_000
"""Rows that are counted, and led to: of a longer list, what comes first is enough to narrow it."""

T = TypeVar("T")
U = TypeVar("U")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class Question:
    """What a list is asked: words to find, criteria by name, a column to sort by ("": its own order)."""

    recherche: str = ""
    criteres: Mapping[str, Any] = field(default_factory=dict)
    tri: str = ""
    decroissant: bool = False
    page: int = 1


@dataclass(frozen=True)
class PageDe(Generic[T]):
    """One page of a list; `premier` and `dernier` are ranks counted from 1, 0 when there is nothing.

    `plus`: there are more rows than `total`, which no page leads to.
    """

    lignes: list[T]
    total: int
    page: int
    plus: bool = field(default=False, kw_only=True)

    def de(self, lignes: list[U]) -> "PageDe[U]":
        """The same page, its rows shown otherwise."""
        return PageDe(lignes, self.total, self.page, plus=self.plus)

    @property
    def pages(self) -> int:
        return _pages(self.total)

    @property
    def premier(self) -> int:
        return (self.page - 1) * PAR_PAGE + 1 if self.lignes else 0

    @property
    def dernier(self) -> int:
        return self.premier + len(self.lignes) - 1 if self.lignes else 0

    @property
    def precedente(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def suivante(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def paginer(
    requete: Select[*tuple[Any, ...]],
    page: int,
    *,
    a_compter: Select[*tuple[Any, ...]] | None = None,
    cle: ColumnElement[Any] | InstrumentedAttribute[Any] | None = None,
) -> PageDe[Any]:
    """The rows of one page, the last one when there are not as many, in two queries.

    `requete` groups nothing and ends its order by something unique. Rows of one entity come as that entity.
    `a_compter`: as many rows, without the joins that only show or sort them. `cle`: the key of the rows,
    which alone is sorted, in a third query: where no index gives their order.
    """
    total, plus = _compter(requete if a_compter is None else a_compter)
    page = borner(page, total)
    montrees = limiter(requete, page)
    if cle is not None:
        cles = db.session.scalars(montrees.with_only_columns(cle, maintain_column_froms=True)).all()
        if not cles:
            return PageDe([], total, page, plus=plus)
        montrees = requete.where(cle.in_(cles))
    lues = db.session.execute(montrees)
    lignes = list(lues.scalars()) if len(requete.column_descriptions) == 1 else list(lues.all())
    return PageDe(lignes, total, page, plus=plus)


def _compter(requete: Select[*tuple[Any, ...]]) -> tuple[int, bool]:
    """How many rows, up to COMPTE_MAX; whether there are more."""
    une: Select[*tuple[Any, ...]] = requete.with_only_columns(
        literal_column("1"), maintain_column_froms=True
    ).order_by(None)
    total = db.session.scalar(select(func.count()).select_from(une.limit(COMPTE_MAX + 1).subquery())) or 0
    return min(total, COMPTE_MAX), total > COMPTE_MAX


def decouper(lignes: Sequence[T], page: int) -> PageDe[T]:
    """One page of rows that are all there, the last one when there are not as many."""
    page = borner(page, len(lignes))
    debut = (page - 1) * PAR_PAGE
    return PageDe(list(lignes[debut : debut + PAR_PAGE]), len(lignes), page)


def borner(page: int, total: int) -> int:
    """The page that is asked for, or the nearest that a list of so many rows has."""
    return min(max(page, 1), _pages(total))


def limiter(requete: Select[*Ts], page: int) -> Select[*Ts]:
    """The part of a query that one page shows."""
    return requete.limit(PAR_PAGE).offset((page - 1) * PAR_PAGE)


def _pages(total: int) -> int:
    return max(1, -(-total // PAR_PAGE))
