"""Making the database forget for good what was deleted from it."""

import time
from collections.abc import Iterable
from typing import Any

from certif.socle.base.extensions import ATTENTE_VERROU_S, db

_ESSAIS = 20
_RETENUE_MS = 100
"""How long one attempt may hold up whoever writes, when somebody still reads the log."""
_PAUSE_S = 0.4


def oublier(tables: Iterable[str]) -> bool:
    """Wipe what deleted rows left in the data files; True once nothing is left.

    SQLite overwrites deleted bytes (`secure_delete`) but its log keeps the pages of before: the log is
    copied and cut to nothing. PostgreSQL keeps dead rows until VACUUM. Must run outside any transaction;
    False when a reader held the log open for too long, in which case the next call will do it.
    """
    db.session.rollback()
    connexion = db.engine.raw_connection()
    try:
        if db.engine.dialect.name == "sqlite":
            return _vider_le_journal(connexion)
        pilote = connexion.driver_connection
        if pilote is None:
            raise RuntimeError("no database connection")
        # VACUUM refuses to run in a transaction; the connection is not given back to the pool.
        connexion.detach()
        pilote.autocommit = True
        for table in tables:
            pilote.execute(f"VACUUM {db.metadata.tables[table].name}")
        return True
    finally:
        connexion.close()


def _vider_le_journal(connexion: Any) -> bool:
    """Copy the log, then cut it: writers are kept out while that waits for readers, so it waits in bits."""
    curseur = connexion.cursor()
    try:
        curseur.execute("PRAGMA wal_checkpoint(PASSIVE)")
        curseur.execute(f"PRAGMA busy_timeout={_RETENUE_MS}")
        for essai in range(_ESSAIS):
            if essai:
                time.sleep(_PAUSE_S)
            if not curseur.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return True
        return False
    finally:
        curseur.execute(f"PRAGMA busy_timeout={int(ATTENTE_VERROU_S * 1000)}")
        curseur.close()
