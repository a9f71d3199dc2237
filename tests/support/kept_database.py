"""A SQLite database kept in one file, and put back: what many tests begin with is written once."""

import shutil
from pathlib import Path

from certif.socle.base.extensions import db


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


def _base() -> Path:
    return Path(db.engine.url.database or "")
