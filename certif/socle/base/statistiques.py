"""What the database knows of its own tables: without it, it takes one index for another."""

from sqlalchemy import func, select

from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction

LIGNES_MAX = 1_000
"""Rows of each index that SQLite looks at: a hundredth of a second on a million, while nobody can write."""

PEU = 1_000
"""Rows that are read as fast by any index."""

FOIS = 4
"""How many times as many rows as are known make another table of it."""


def entretenir() -> None:
    """Have SQLite look again once its tables have grown; PostgreSQL does so by itself."""
    if db.engine.dialect.name == "sqlite" and _ont_grandi():
        etudier()


def etudier() -> None:
    """Have the database look at its tables, once they were migrated."""
    with transaction():
        connexion = db.session.connection()
        if connexion.dialect.name == "sqlite":
            connexion.exec_driver_sql(f"PRAGMA analysis_limit={LIGNES_MAX}")
        connexion.exec_driver_sql("ANALYZE")


def _ont_grandi() -> bool:
    connues: dict[str, int] = {}
    with db.engine.connect() as connexion:
        # It is there once the tables were looked at: those that were restored, or copied, perhaps never.
        if not connexion.dialect.has_table(connexion, "sqlite_stat1"):
            return True
        for table, comptes in connexion.exec_driver_sql("SELECT tbl, stat FROM sqlite_stat1"):
            connues[table] = max(connues.get(table, 0), int(comptes.split()[0]))
        return any(
            (connexion.scalar(select(func.count()).select_from(table)) or 0)
            > max(PEU, FOIS * connues.get(table.name, 0))
            for table in db.metadata.sorted_tables
        )
