"""Queue servers of each group's own, a fault to be tried, and what became of it, kept for the report.

SQLite goes with Valkey, PostgreSQL with Redis.
"""

from collections.abc import Generator, Iterator

import pytest
from flask import Flask

from certif.config import Config
from certif.socle import file
from tests.pannes import rapport
from tests.pannes.essai import Essai, Muet
from tests.support.factories import Organisme, un_organisme
from tests.support.production import dossier_par, pdf_factice, rendre_par
from tests.support.servers import ServeurValkey, serveur_redis, serveur_valkey


@pytest.fixture(scope="module")
def _serveur_valkey() -> Iterator[ServeurValkey]:
    with serveur_valkey() as serveur:
        yield serveur


@pytest.fixture(scope="module")
def _serveur_redis() -> Iterator[ServeurValkey]:
    with serveur_redis() as serveur:
        yield serveur


@pytest.fixture
def valkey(request: pytest.FixtureRequest) -> ServeurValkey:
    """The queue that goes with the database of the test, real and empty."""
    sur_postgresql = request.node.get_closest_marker("postgres") is not None
    serveur: ServeurValkey = request.getfixturevalue(
        "_serveur_redis" if sur_postgresql else "_serveur_valkey"
    )
    serveur.client.flushall()
    file.regler(serveur.url)
    return serveur


@pytest.fixture
def organisme(contexte: Flask) -> Organisme:
    return un_organisme()


@pytest.fixture
def documents_rapides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates and dossiers are stand-ins."""
    rendre_par(monkeypatch, pdf_factice)
    dossier_par(monkeypatch)


@pytest.fixture
def essai(valkey: ServeurValkey, contexte: Flask, config: Config) -> Essai:
    """The fault that is tried, on real servers."""
    return Essai(contexte, config)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A fault of which the test does not say where it is told is a silent one."""
    resultat = yield
    essai = pyfuncitem.funcargs.get("essai")
    if isinstance(essai, Essai) and not essai.temoins:
        raise Muet("the test says nowhere who is told of this fault")
    return resultat


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what became of each fault, for the report."""
    compte_rendu = yield
    if call.when == "call" or call.excinfo is not None:
        rapport.noter(item, call, compte_rendu)
    return compte_rendu
