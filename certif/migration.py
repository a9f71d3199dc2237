"""The database brought to its last version; only commands load it, for its libraries are slow to load."""

from collections.abc import Callable

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from certif.config import RACINE, Config
from certif.socle.base.copie_de_base import copier
from certif.socle.base.extensions import db
from certif.socle.base.statistiques import etudier


class VersionInconnue(Exception):
    """Of a later program than this one."""


def installer(app: Flask) -> None:
    """Let `flask db` and `mettre_a_jour` know where the versions are."""
    Migrate(app, db, directory=str(RACINE / "migrations"), render_as_batch=True)


def mettre_a_jour(*, avec_copie: bool = True) -> None:
    """Run the missing migrations, in one transaction, a copy of the database made first; in an app context.

    Raises:
        CopieImpossible: nothing was migrated.
    """
    _installer_au_besoin()
    config: Config = current_app.config["CERTIF"]
    if _a_jour():
        return
    if avec_copie and a_migrer():
        copier(config.donnees)
    upgrade()
    etudier()


def creer(version: str) -> Callable[[], None]:
    """What makes the tables of this version in a database that has none.

    Raises:
        VersionInconnue: this program is older.
    """
    if version not in {etape.revision for etape in _etapes().walk_revisions()}:
        raise VersionInconnue
    _installer_au_besoin()
    return lambda: upgrade(revision=version)


def a_migrer() -> bool:
    """Whether this database holds something that a migration is about to change: not one that is new."""
    return bool(_presentes()) and not _a_jour()


def _a_jour() -> bool:
    return _presentes() == set(_etapes().get_heads())


def _presentes() -> set[str]:
    with db.engine.connect() as connexion:
        return set(MigrationContext.configure(connexion).get_current_heads())


def _etapes() -> ScriptDirectory:
    return ScriptDirectory(str(RACINE / "migrations"))


def _installer_au_besoin() -> None:
    if "migrate" not in current_app.extensions:
        installer(current_app)
