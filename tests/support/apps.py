"""Applications for tests: building one takes longer than most of what is asked of it."""

from typing import cast

from flask import Flask
from jinja2 import BytecodeCache
from sqlalchemy import Engine, create_engine

from certif import application, create_app, migration
from certif.config import Config
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.web import limites


class Applications:
    """One application for each kind of database, put on the data of one test after the other.

    Their templates and their queries are compiled once for all.
    """

    def __init__(self, gabarits: BytecodeCache) -> None:
        self._gabarits = gabarits
        self._faites: dict[str, Flask] = {}
        self._moteurs: dict[str, Engine] = {}

    def sur(self, config: Config) -> Flask:
        """The one for this database, as if it had just been built with these settings."""
        genre = config.base.partition(":")[0]
        app = self._faites.get(genre)
        if app is None:
            app = self._faites[genre] = self.neuve(config)
        else:
            application.regler(app, config)
            limites.installer(app)
            with app.app_context():
                moteurs = cast(dict[str | None, Engine], db.engines)
                moteurs[None] = create_engine(config.base, **app.config["SQLALCHEMY_ENGINE_OPTIONS"])
            self._compiler_une_fois(app)
        app.testing = True
        stockage.preparer()
        return app

    def neuve(self, config: Config) -> Flask:
        """One of its own, for a test that changes it."""
        app = create_app(config)
        app.testing = True
        stockage.preparer()
        app.jinja_env.bytecode_cache = self._gabarits
        migration.installer(app)
        self._compiler_une_fois(app)
        return app

    def _compiler_une_fois(self, app: Flask) -> None:
        with app.app_context():
            moteur = self._moteurs.get(db.engine.dialect.name)
            if moteur is None:
                moteur = self._moteurs[db.engine.dialect.name] = db.engine
                with moteur.connect():  # the others take its dialect, which learns the server's version now
                    pass
            db.engine.dialect, db.engine._compiled_cache = moteur.dialect, moteur._compiled_cache
