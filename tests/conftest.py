"""Fixtures for every test. Servers start once per worker process, data is fresh for each test.

- `config`, `app`, `client`, `contexte`: an application on a copy of a migrated SQLite database; on PostgreSQL
  for a test marked `postgres` (`chaque_base` runs a test on both).
- `valkey`: a real, empty queue server; an `app` of the same test uses it.
- `horloge_a("2026-06-10T12:00:00+02:00")`: business time starts there.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import is_hypothesis_test, settings
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from certif import create_app, migration
from certif.config import Config
from certif.socle import file, horloge
from certif.socle.base.extensions import db
from tests.support.apps import Applications
from tests.support.kept_database import garder
from tests.support.once import une_seule_fois
from tests.support.sampling import TOUT, echantillonner
from tests.support.servers import (
    NON_EXECUTE,
    ServeurPostgres,
    ServeurValkey,
    serveur_postgres,
    serveur_valkey,
)

pytest_plugins = ["tests.support.browser", "tests.pannes.rapport"]

TESTS = Path(__file__).parent
PARCOURS = TESTS / "parcours"

settings.register_profile("echantillon", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("tout", deadline=None, max_examples=1_000)
settings.load_profile("tout" if TOUT else "echantillon")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with one line per server that was missing: what was skipped must be seen."""
    raisons = {
        rapport.longrepr[2].removeprefix("Skipped: ")
        for rapport in terminalreporter.stats.get("skipped", [])
        if isinstance(rapport.longrepr, tuple)
    }
    for raison in sorted(r for r in raisons if r.startswith(NON_EXECUTE)):
        terminalreporter.write_line(raison, yellow=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Load a share of the files first: each is rewritten once for all the processes of the run."""
    rang = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if rang and [Path(argument).resolve() for argument in session.config.args] == [TESTS]:
        combien = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        for fichier in sorted(TESTS.rglob("test_*.py"))[int(rang) :: combien]:
            # What cannot be loaded is told by the collection.
            with suppress(Exception, pytest.skip.Exception):
                import_module(".".join(fichier.relative_to(TESTS.parent).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep a sample of what `make eprouver` runs whole; begin with the files that take longest."""
    for item in items:
        if "valkey" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.lent)
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.marches)
    gardes, laisses = echantillonner(items)
    config.hook.pytest_deselected(items=laisses)
    lents = {item.path for item in gardes if item.get_closest_marker("lent")}
    items[:] = sorted(gardes, key=lambda item: (PARCOURS not in item.path.parents, item.path not in lents))


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores: half of the time they wait for servers and browsers."""
    return min(2 * (os.cpu_count() or 1), 6)


class _ParFichier(LoadFileScheduling):
    """The tests of one file in one process, and all those that share the browser and its stack."""

    def _split_scope(self, nodeid: str) -> str:
        fichier = super()._split_scope(nodeid)
        return PARCOURS.name if fichier.startswith(f"{PARCOURS.parent.name}/{PARCOURS.name}/") else fichier


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """With `--dist loadfile`, whose files stay in the order of their collection."""
    return _ParFichier(config, log)


def pytest_collection_finish() -> None:
    """Nothing that was loaded so far will ever be garbage: do not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(autouse=True)
def _temps_reel() -> Iterator[None]:
    yield
    horloge.regler(timedelta(0))


@pytest.fixture
def horloge_a() -> Callable[[str], None]:
    """Make business time start at an instant given in ISO format with its offset; it goes on from there."""

    def regler(instant: str) -> None:
        horloge.regler(datetime.fromisoformat(instant) - horloge.instant_reel())

    return regler


@pytest.fixture(scope="session")
def _serveur_valkey() -> Iterator[ServeurValkey]:
    with serveur_valkey() as serveur:
        yield serveur


@pytest.fixture
def valkey(_serveur_valkey: ServeurValkey) -> ServeurValkey:
    """A real, empty Valkey, which the queue uses."""
    _serveur_valkey.client.flushall()
    file.regler(_serveur_valkey.url)
    return _serveur_valkey


@pytest.fixture(scope="session")
def commun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all the processes of the run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def modele_sqlite(commun: Path, dossier_neuf: Callable[[str], Path]) -> Path:
    """A migrated SQLite database, to be copied."""

    def migrer(vers: Path) -> None:
        _migrer(Config.lire({"CERTIF_DONNEES": str(dossier_neuf("modele"))}), vers)

    return une_seule_fois(commun / "modele.db", migrer)


@pytest.fixture(scope="session", autouse=True)
def _routes_compilees() -> Iterator[None]:
    """Compile each route once for all the applications of the run, which have the same ones."""
    compiler, faites = Rule._compile_builder, {}

    def une_fois(self: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        cle = (self.rule, str(self.defaults), append_unknown)
        if cle not in faites:
            faites[cle] = compiler(self, append_unknown)
        return faites[cle]

    with pytest.MonkeyPatch.context() as remplacement:
        remplacement.setattr(Rule, "_compile_builder", une_fois)
        yield


@pytest.fixture(scope="session")
def statique_commun(commun: Path) -> Path:
    """Where every application of the run keeps its compressed static files, made before any of them asks."""

    def comprimer(vers: Path) -> None:
        (vers / "donnees").mkdir(parents=True)
        create_app(Config.lire({"CERTIF_DONNEES": str(vers / "donnees")}))

    return une_seule_fois(commun / "statique", comprimer) / "donnees" / "statique"


@pytest.fixture(scope="session")
def dossier_neuf(tmp_path_factory: pytest.TempPathFactory, statique_commun: Path) -> Callable[[str], Path]:
    """A data folder of this name, empty but for the compressed static files."""

    def creer(nom: str) -> Path:
        dossier = tmp_path_factory.mktemp(nom)
        (dossier / "statique").symlink_to(statique_commun)
        return dossier

    return creer


@pytest.fixture(scope="session")
def applications(commun: Path) -> Applications:
    """The applications of the run."""
    gabarits = commun / "gabarits"
    gabarits.mkdir(exist_ok=True)
    return Applications(FileSystemBytecodeCache(str(gabarits)))


@pytest.fixture(scope="session")
def serveur_pg() -> Iterator[ServeurPostgres]:
    """A PostgreSQL server with a migrated template."""
    with serveur_postgres() as serveur:
        yield serveur


@pytest.fixture(scope="session")
def _modele_pg(serveur_pg: ServeurPostgres, dossier_neuf: Callable[[str], Path]) -> ServeurPostgres:
    url = serveur_pg.creer(serveur_pg.MODELE)
    _migrer(Config.lire({"CERTIF_DONNEES": str(dossier_neuf("pg")), "DATABASE_URL": url}))
    return serveur_pg


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def chaque_base(request: pytest.FixtureRequest) -> str:
    """Run the test on SQLite, then on PostgreSQL."""
    return str(request.param)


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Demonstration settings on a data folder and a database of this test alone."""
    donnees = tmp_path / "donnees"
    donnees.mkdir(mode=0o700)
    # Compressed once for all: what the first application of the run makes, the others find.
    (donnees / "statique").symlink_to(request.getfixturevalue("statique_commun"))
    environ = {"CERTIF_DONNEES": str(donnees)}
    if "valkey" in request.fixturenames:
        environ["REDIS_URL"] = request.getfixturevalue("valkey").url
    if request.node.get_closest_marker("postgres") is None:
        shutil.copyfile(request.getfixturevalue("modele_sqlite"), donnees / "certif.db")
        yield Config.lire(environ)
        return
    serveur: ServeurPostgres = request.getfixturevalue("_modele_pg")
    url = serveur.copier()
    yield Config.lire({**environ, "DATABASE_URL": url})
    serveur.supprimer(url)


@pytest.fixture
def app(request: pytest.FixtureRequest, config: Config, applications: Applications) -> Iterator[Flask]:
    """The application, as production builds it; no context is open.

    Other tests have it too, on other data, unless `application_neuve` is among the test's fixtures.
    """
    neuve = "application_neuve" in request.fixturenames
    application = applications.neuve(config) if neuve else applications.sur(config)
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def application_neuve(app: Flask) -> Flask:
    """The application of this test alone, which may change it."""
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, not logged in."""
    return app.test_client()


@pytest.fixture
def contexte(app: Flask) -> Iterator[Flask]:
    """The application with its context open, for tests of actions and queries; not with `client`."""
    with app.app_context():
        yield app


def _migrer(config: Config, vers: Path | None = None) -> None:
    """Bring a database to the last migration; `vers`: the one file where to keep it."""
    application = create_app(config)
    with application.app_context():
        migration.mettre_a_jour()
        if vers is not None:
            garder(vers)
        db.engine.dispose()
