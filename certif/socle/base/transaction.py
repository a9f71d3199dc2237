"""One commit per use case, and what must wait for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

from certif.socle.base.extensions import ECRITURE, db

Suite = tuple[Callable[..., Any], tuple[int | str, ...]]

_en_cours: ContextVar[list[Suite] | None] = ContextVar("transaction", default=None)
_journal = structlog.get_logger(__name__)


@contextmanager
def transaction() -> Iterator[None]:
    """Run the block in one write transaction; only the outermost block commits.

    Whatever was read before is forgotten first, so that the block decides on rows read under its own
    lock. An exception rolls everything back and drops what `apres_commit` had registered.
    """
    if _en_cours.get() is not None:
        yield
        return
    suites: list[Suite] = []
    jeton = _en_cours.set(suites)
    try:
        db.session.rollback()
        db.session.connection(execution_options={ECRITURE: True})
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _en_cours.reset(jeton)
    for fonction, arguments in suites:
        _lancer(fonction, arguments)


def oublier_les_lectures() -> None:
    """Have what is read next read anew; nothing in a transaction, where it would undo what was written."""
    if _en_cours.get() is None:
        db.session.rollback()


def en_transaction() -> bool:
    """Whether the caller stands inside such a block."""
    return _en_cours.get() is not None


def apres_commit(fonction: Callable[..., Any], *arguments: int | str) -> None:
    """Call `fonction` once the transaction is committed; plain identifiers only, never rows.

    Raises:
        TypeError: an argument is not an int or a str.
        RuntimeError: no transaction is open.
    """
    if any(not isinstance(argument, (int, str)) for argument in arguments):
        raise TypeError("apres_commit takes identifiers only")
    suites = _en_cours.get()
    if suites is None:
        raise RuntimeError("apres_commit outside a transaction")
    suites.append((fonction, arguments))


def _lancer(fonction: Callable[..., Any], arguments: tuple[int | str, ...]) -> None:
    """Run one follow-up; what fails here is repaired by the periodic reconciler, so it is only logged."""
    try:
        fonction(*arguments)
    except Exception:  # noqa: BLE001 - what was committed stands
        _journal.exception("apres_commit", fonction=fonction.__name__)
