"""The whole application as its users run it: a supervisor and its children, on a data folder of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from certif.config import RACINE, Config
from certif.superviseur import PATIENCE_DE_L_OUVRIER_S
from tests.support.servers import attendre


def port_libre() -> int:
    with socket.socket() as essai:
        essai.bind(("127.0.0.1", 0))
        return int(essai.getsockname()[1])


@contextmanager
def un_site(config: Config, application: str = "app:app", **reglages: str) -> Iterator[int]:
    """The real web server, alone, on the data of a test; its port on this machine.

    `reglages` are further settings, as its environment names them.
    """
    port = port_libre()
    environ = _environnement()
    environ |= {"CERTIF_DONNEES": str(config.donnees), "PORT": str(port)}
    environ |= {"DATABASE_URL": config.base, "REDIS_URL": config.redis_url or "", **reglages}
    commande = [sys.executable, "-m", "gunicorn", "-c", "python:certif.serveur", application]
    with (config.donnees / "site.log").open("wb") as sortie:
        site = subprocess.Popen(commande, cwd=RACINE, env=environ, stdout=sortie, stderr=subprocess.STDOUT)
    try:
        attendre(lambda: ecoute(port), 30)
        yield port
    finally:
        site.terminate()
        site.wait(timeout=30)


def ecoute(port: int) -> bool:
    """Whether anything listens on this port of this machine."""
    with socket.socket() as essai:
        return essai.connect_ex(("127.0.0.1", port)) == 0


def _environnement() -> dict[str, str]:
    """What is around the tests, without the settings that are theirs."""
    return {c: v for c, v in os.environ.items() if not c.startswith("CERTIF_") and c != "REDIS_URL"}


class Lance:
    """A running supervisor, what it printed, and its children."""

    def __init__(self, donnees: Path, port: int, **reglages: str) -> None:
        """Start it; `reglages` are further settings, as its environment names them."""
        self.donnees = donnees
        self.port = port
        self.url = f"http://localhost:{port}"
        self.sortie = donnees.with_suffix(".log")
        environ = _environnement() | {"CERTIF_DONNEES": str(donnees), "PORT": str(port), **reglages}
        with self.sortie.open("ab") as sortie:
            self.processus = subprocess.Popen(
                [sys.executable, "-m", "certif.superviseur"],
                cwd=RACINE,
                env=environ,
                stdout=sortie,
                stderr=subprocess.STDOUT,
                # Tests that run in the background ignore Ctrl-C, and would pass that on.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    @property
    def dit(self) -> str:
        return self.sortie.read_text()

    def sante(self) -> dict[str, bool] | None:
        """What /sante says when everything works, else None."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante", timeout=2) as reponse:
                return dict(json.load(reponse))
        except OSError:
            return None

    def enfants(self) -> dict[str, int]:
        """Process ids of the direct children by the module, with its argument, or program that they run."""
        pid = self.processus.pid
        trouves = {}
        for enfant in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            with suppress(OSError, IndexError):  # it has just ended
                arguments = Path(f"/proc/{enfant}/cmdline").read_text().replace("\0", " ").split()
                module = arguments[2] if arguments[1:2] == ["-m"] else Path(arguments[0]).name
                nom = " ".join([module, *arguments[3:4]]) if module == "certif.ouvrier" else module
                trouves[nom] = int(enfant)
        return trouves

    def pret(self) -> None:
        """Wait until everything answers."""
        attendre(lambda: "Certif est prêt" in self.dit or self.processus.poll() is not None, 300, 0.3)
        assert self.processus.poll() is None, self.dit

    def arreter(self) -> int:
        """Ctrl-C, and its exit code: workers finish what they make, the queue stops after them."""
        self.processus.send_signal(signal.SIGINT)
        return self.processus.wait(timeout=PATIENCE_DE_L_OUVRIER_S + 30)
