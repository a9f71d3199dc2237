"""The one pen of SQLite: who writes next.

SQLite's own wait tries again after a millisecond, then ever later, up to a tenth of a second: where many
write, whoever has waited long tries seldom, and some wait for seconds while others pass. Here one thread of
each process waits for the lock, and tries every two milliseconds; the others stand behind it, in line.
"""

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection

_PAS_S = 0.002
_tour = threading.Lock()


def prendre(connexion: Connection, attente_s: float) -> None:
    """Begin a transaction that writes, within that many seconds.

    Raises:
        OperationalError: somebody else has been writing for all that time.
    """
    limite = time.monotonic() + attente_s
    en_tete = _tour.acquire(timeout=attente_s)
    try:
        _essayer_jusqu_a(limite, connexion, attente_s)
    finally:
        if en_tete:
            _tour.release()


def _essayer_jusqu_a(limite: float, connexion: Connection, attente_s: float) -> None:
    pilote: Any = connexion.connection.driver_connection
    pilote.execute("PRAGMA busy_timeout=0")
    try:
        while not _essayer(pilote):
            if time.monotonic() > limite:
                connexion.exec_driver_sql("BEGIN IMMEDIATE")  # once more, for SQLAlchemy to tell what it says
                break
            time.sleep(_PAS_S)
    finally:
        pilote.execute(f"PRAGMA busy_timeout={int(attente_s * 1000)}")


def _essayer(pilote: Any) -> bool:
    try:
        pilote.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as erreur:
        if erreur.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
