"""The database brought to its last version; only commands load it, for its libraries are slow to load."""

from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from certif.config import RACINE
from certif.socle.extensions import db


def installer(app: Flask) -> None:
    """Let `flask db` and `mettre_a_jour` know where the versions are."""
    Migrate(app, db, directory=str(RACINE / "migrations"), render_as_batch=True)


def mettre_a_jour() -> None:
    """Run the missing migrations, in one transaction; inside an application context."""
    if "migrate" not in current_app.extensions:
        installer(current_app)
    upgrade()
