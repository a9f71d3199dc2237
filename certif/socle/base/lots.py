"""Periodic work in small transactions: what is due is read outside, then written a hundred rows at a time.

SQLite has one writer, and rows that are locked wait on PostgreSQL too: whoever saves an answer meanwhile must
not wait for more than one lot.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, inspect, select, tuple_

from certif.socle.base.extensions import db
from certif.socle.base.transaction import en_transaction, transaction

LOT = 100
"""Rows that one transaction writes at most."""

T = TypeVar("T")


def hors_transaction() -> None:
    """Refuse to run inside a write transaction: what works by lots has its own, one after the other.

    Raises:
        RuntimeError: one is open.
    """
    if en_transaction():
        raise RuntimeError("work by lots inside a transaction")


def par_lots(elements: Iterable[T], taille: int = LOT) -> Iterator[Sequence[T]]:
    """The same elements in their order, `taille` at a time."""
    suite = iter(elements)
    while lot := list(islice(suite, taille)):
        yield lot


def effacer_par_lots(modele: Any, *conditions: ColumnElement[bool]) -> int:
    """Delete the rows that meet the conditions, judged again when they are deleted; returns how many."""
    hors_transaction()
    cles = inspect(modele).primary_key
    db.session.rollback()
    dues = db.session.execute(select(*cles).where(*conditions)).all()
    db.session.rollback()
    effacees = 0
    for lot in par_lots(dues):
        designees = tuple_(*cles).in_([tuple(cle) for cle in lot])
        with transaction():
            fait = db.session.execute(
                delete(modele).where(designees, *conditions).execution_options(synchronize_session=False)
            )
            effacees += fait.rowcount  # type: ignore[attr-defined]
    return effacees
