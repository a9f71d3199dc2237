"""Long lists, one page at a time: what is asked of them, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from certif.socle.extensions import db

PAR_PAGE = 25
PAGE_MAX = 100_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What a list is asked: words to find, criteria by name, a column to sort by ("": its own order)."""

    recherche: str = ""
    criteres: Mapping[str, Any] = field(default_factory=dict)
    tri: str = ""
    decroissant: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class PageDe(Generic[T]):
    """One page of a list; `premier` and `dernier` are ranks counted from 1, 0 when there is nothing."""

    lignes: list[T]
    total: int
    page: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAR_PAGE))

    @property
    def premier(self) -> int:
        return (self.page - 1) * PAR_PAGE + 1 if self.lignes else 0

    @property
    def dernier(self) -> int:
        return self.premier + len(self.lignes) - 1 if self.lignes else 0


def paginer(requete: Select[*tuple[Any, ...]], page: int, total: int | None = None) -> PageDe[Any]:
    """The rows of one page, the last one when there are not as many, in two queries.

    `requete` must sort by something unique in the end. Rows of one entity come as that entity.
    """
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(requete.order_by(None).subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // PAR_PAGE)))
    lues = db.session.execute(requete.limit(PAR_PAGE).offset((page - 1) * PAR_PAGE))
    lignes = list(lues.scalars()) if len(requete.column_descriptions) == 1 else list(lues.all())
    return PageDe(lignes, total, page)
