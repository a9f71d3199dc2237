"""Rows copied by the database itself: what makes a table long in seconds, for the load and for tests."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Table, insert, literal, select, text

from certif.socle.base.extensions import db


def rangs(combien: int) -> CTE:
    """The numbers from 1 to `combien`, as rows of one column `n`."""
    suite = select(literal(1).label("n")).cte("copies", recursive=True)
    return suite.union_all(select(suite.c.n + 1).where(suite.c.n < combien))


def table_de(genre: type[Any]) -> Table:
    """The table of a model."""
    table = genre.__table__
    assert isinstance(table, Table)
    return table


def copier(
    genre: type[Any],
    changees: Mapping[str, Any],
    depuis: FromClause,
    ou: Any = None,
    sans: Collection[str] = (),
) -> None:
    """Insert the rows of `depuis` into the table of `genre`, a part of it; `changees` replaces columns.

    `ou` says which rows, `sans` which columns the database gives by itself. PostgreSQL sees the table again,
    or it would check whatever refers to these rows as when they were few: by reading all of them.
    """
    table = table_de(genre)
    valeurs = {
        c.name: v if isinstance(v := changees.get(c.name, c), ColumnElement) else literal(v, c.type)
        for c in table.columns
        if c.name not in sans
    }
    choix = select(*valeurs.values()).select_from(depuis)
    db.session.execute(insert(table).from_select(list(valeurs), choix if ou is None else choix.where(ou)))
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"ANALYZE {table.name}"))
