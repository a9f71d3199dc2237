"""One application for all the tests of this folder, and for each a fresh database with the cast in it.

Business time starts on 10/06/2026 at noon, which is also F where a test does not say otherwise.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from certif import create_app, reglage
from certif.config import Config
from certif.socle import horloge, stockage
from certif.socle.base.extensions import db
from tests.support.kept_database import garder, remettre
from tests.support.moves import Troupe, reunir
from tests.support.servers import ServeurPostgres

MIDI = datetime.fromisoformat("2026-06-10T12:00:00+02:00")


class Atelier:
    """An application whose database can be put back, with the cast, to its first state."""

    def __init__(self, config: Config, garder: Callable[[], None], remettre: Callable[[], None]) -> None:
        self.config = config
        self.app: Flask = create_app(config)
        stockage.preparer()
        self._garder, self._remettre = garder, remettre
        self._troupe: Troupe | None = None

    @property
    def troupe(self) -> Troupe:
        """The cast, brought once."""
        assert self._troupe is not None
        return self._troupe

    def remettre_a_neuf(self) -> Troupe:
        """Forget whatever a test did; in an open application context."""
        reglage.regler(self.config)
        if self._troupe is None:
            self._troupe = reunir()
            self._garder()
        self._remettre()
        return self._troupe


@pytest.fixture(scope="session")
def atelier_sqlite(modele_sqlite: Path, dossier_neuf: Callable[[str], Path]) -> Atelier:
    dossier = dossier_neuf("sessions")
    copie = dossier / "copie.db"
    shutil.copyfile(modele_sqlite, dossier / "certif.db")
    config = Config.lire({"CERTIF_DONNEES": str(dossier)})
    return Atelier(config, lambda: garder(copie), lambda: remettre(copie))


@pytest.fixture(scope="session")
def atelier_pg(_modele_pg: ServeurPostgres, dossier_neuf: Callable[[str], Path]) -> Iterator[Atelier]:
    url = _modele_pg.copier()
    tables = [table.name for table in db.metadata.sorted_tables]

    def executer(*ordres: str) -> None:
        db.session.remove()
        with db.engine.begin() as connexion:
            connexion.exec_driver_sql("; ".join(ordres))

    def garder() -> None:
        executer("CREATE SCHEMA copie", *(f'CREATE TABLE copie."{t}" AS TABLE "{t}"' for t in tables))

    def remettre() -> None:
        db.engine.dispose()
        # On tables this small, far quicker than TRUNCATE.
        vider = (f'DELETE FROM "{t}"' for t in reversed(tables))
        executer(*vider, *(f'INSERT INTO "{t}" SELECT * FROM copie."{t}"' for t in tables))

    environ = {"CERTIF_DONNEES": str(dossier_neuf("sessions-pg")), "DATABASE_URL": url}
    atelier = Atelier(Config.lire(environ), garder, remettre)
    yield atelier
    with atelier.app.app_context():
        db.session.remove()
        db.engine.dispose()
    _modele_pg.supprimer(url)


@pytest.fixture
def atelier(request: pytest.FixtureRequest) -> Atelier:
    """The workshop on SQLite, or on PostgreSQL for a test marked so."""
    postgres = request.node.get_closest_marker("postgres") is not None
    choisi: Atelier = request.getfixturevalue("atelier_pg" if postgres else "atelier_sqlite")
    return choisi


@pytest.fixture
def contexte(atelier: Atelier) -> Iterator[Flask]:
    """An open application context on a database that holds the cast, at noon on 10/06/2026."""
    with atelier.app.app_context():
        atelier.remettre_a_neuf()
        horloge.regler(MIDI - horloge.instant_reel())
        yield atelier.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def troupe(atelier: Atelier, contexte: Flask) -> Troupe:
    """The cast."""
    return atelier.troupe
