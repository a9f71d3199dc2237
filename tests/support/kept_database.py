"""A SQLite database kept in one file, and put back: what many tests begin with is written once."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from certif.socle.base.extensions import db

T = TypeVar("T")


class Garde(Generic[T]):
    """What `creer` brings into an empty SQLite database, once: other tests begin with a copy of it."""

    def __init__(self, copie: Path, creer: Callable[[], T]) -> None:
        self._copie = copie
        self._creer = creer
        self._cree: T | None = None

    def amener(self) -> T:
        """Bring it into the database of the open context; made anew on PostgreSQL, and beside other rows."""
        if db.engine.dialect.name != "sqlite" or not _vide():
            return self._creer()
        if self._cree is None:
            self._cree = self._creer()
            garder(self._copie)
        remettre(self._copie)
        return self._cree


def garder(copie: Path) -> None:
    """Write the database of the open application context, whole, into this file."""
    db.session.rollback()
    with db.engine.connect() as connexion:
        connexion.exec_driver_sql("COMMIT")
        connexion.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(_base(), copie)


def remettre(copie: Path) -> None:
    """Make it what this file holds; whatever was written since is forgotten."""
    db.session.remove()
    db.engine.dispose()
    for reste in ("-wal", "-shm"):
        Path(f"{_base()}{reste}").unlink(missing_ok=True)
    shutil.copyfile(copie, _base())


def _vide() -> bool:
    tables = (f'EXISTS (SELECT 1 FROM "{table.name}")' for table in db.metadata.sorted_tables)
    with db.engine.connect() as connexion:
        return not connexion.exec_driver_sql(f"SELECT {' OR '.join(tables)}").scalar_one()


def _base() -> Path:
    return Path(db.engine.url.database or "")
