"""How migrations run: in one transaction, on both databases.

SQLite cannot alter most things in place: tables are copied (batch mode). While they are, foreign keys must be
off, otherwise dropping the old copy deletes the rows that refer to it; and SQLite only accepts that setting
outside any transaction.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

import certif.domaine
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import db


def charger_modeles() -> None:
    """Import whatever declares tables: models that no page uses yet count too."""
    for module in pkgutil.walk_packages(certif.domaine.__path__, "certif.domaine."):
        if module.name.rpartition(".")[2].startswith(("modeles", "journal", "une_fois")):
            importlib.import_module(module.name)


def rendre(genre: str, objet: Any, contexte: AutogenContext) -> str | bool:
    """Write our column types in migration files with their import."""
    if genre == "type" and isinstance(objet, Instant):
        contexte.imports.add("from certif.socle.base.colonnes import Instant")
        return "Instant()"
    return False


@contextmanager
def sans_cles_etrangeres(connexion: Connection) -> Iterator[None]:
    """Foreign keys off on SQLite, then checked as a whole, then on again."""
    if connexion.dialect.name != "sqlite":
        yield
        return
    pilote = connexion.connection.driver_connection
    assert pilote is not None
    pilote.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        orphelines = pilote.execute("PRAGMA foreign_key_check").fetchall()
        if orphelines:
            raise RuntimeError(
                f"migration left rows without their parent in {sorted({o[0] for o in orphelines})}"
            )
    finally:
        pilote.execute("PRAGMA foreign_keys=ON")


def migrer() -> None:
    """Run the migrations that were asked for."""
    charger_modeles()
    with db.engine.connect() as connexion, sans_cles_etrangeres(connexion):
        context.configure(
            connection=connexion,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=rendre,
            compare_type=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()


migrer()
