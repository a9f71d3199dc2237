"""Making the database forget for good what was deleted from it."""

from collections.abc import Iterable

from certif.socle.extensions import db


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
            curseur = connexion.cursor()
            occupe = curseur.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            curseur.close()
            return not occupe
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
