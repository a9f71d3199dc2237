"""Counting what each write transaction executes: on SQLite, all of them queue for one lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from certif.socle.base.extensions import ECRITURE


class Ecritures:
    """The statements of every write transaction, in their order, and of all that was read outside."""

    def __init__(self) -> None:
        self.transactions: list[list[str]] = []
        self.lectures: list[str] = []
        self.plus_large = 0
        """Rows that one statement was given at most, where it was given several."""
        self._ouverte: list[str] | None = None

    @property
    def plus_longue(self) -> int:
        """How many statements the longest write transaction executed."""
        return max(map(len, self.transactions), default=0)

    def noter(self, ordre: str) -> None:
        if self._ouverte is not None:
            self._ouverte.append(ordre)
        elif not ordre.startswith(("BEGIN", "PRAGMA")):
            self.lectures.append(ordre)

    def commencer(self) -> None:
        self._ouverte = []
        self.transactions.append(self._ouverte)

    def finir(self) -> None:
        self._ouverte = None


@contextmanager
def ecritures() -> Iterator[Ecritures]:
    """What is executed meanwhile, by this thread, on SQLite."""
    vues = Ecritures()

    def noter(_con: Any, _curseur: Any, ordre: str, valeurs: Any, _contexte: Any, plusieurs: bool) -> None:
        vues.noter(ordre)
        if plusieurs:
            vues.plus_large = max(vues.plus_large, len(valeurs))

    def commencer(connexion: Connection) -> None:
        if connexion.get_execution_options().get(ECRITURE):
            vues.commencer()

    def finir(_connexion: Any) -> None:
        vues.finir()

    ecoutes = (
        ("begin", commencer),
        ("before_cursor_execute", noter),
        ("commit", finir),
        ("rollback", finir),
    )
    for quand, faire in ecoutes:
        event.listen(Engine, quand, faire)
    try:
        yield vues
    finally:
        for quand, faire in ecoutes:
            event.remove(Engine, quand, faire)
