"""Hosts of the tests on one machine: namespaces of Linux, joined by a network that can be cut.

Everything dies with the process that made it, and nothing of it reaches the machine's own network.
"""

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from certif.config import RACINE
from certif.socle.processus import mourir_avec_le_parent
from tests.support.servers import absent, attendre

_CLONE_NEWNET = 0x40000000
_ICI = Path("/proc/thread-self/ns/net")

BASE = "10.77.0.1"
"""Where the servers of the database side listen: in the network of the test itself."""
USAGERS = "10.78.0.2"
"""Where users reach the host that serves pages: another network than the one that is cut."""


@contextmanager
def reseau_a_part() -> Iterator[None]:
    """The calling thread, and what it starts, in a network of its own, which has one bridge."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("ip", "unshare", "nsenter"))):
        absent("réseau de plusieurs hôtes (root, iproute2 et util-linux)")
    if any(fil.read_text().startswith("tokio") for fil in Path("/proc/self/task").glob("*/comm")):
        absent("réseau de plusieurs hôtes : le stockage a déjà servi dans ce processus (make cluster)")
    libc = ctypes.CDLL(None, use_errno=True)
    avant = os.open(_ICI, os.O_RDONLY)
    try:
        if libc.unshare(_CLONE_NEWNET):
            absent(f"réseau de plusieurs hôtes ({os.strerror(ctypes.get_errno())})")
        try:
            _ip("link", "set", "lo", "up")
            _ip("link", "add", "pont", "type", "bridge")
            _ip("address", "add", f"{BASE}/24", "dev", "pont")
            _ip("link", "set", "pont", "up")
            yield
        finally:
            libc.setns(avant, _CLONE_NEWNET)
    finally:
        os.close(avant)


class Hote:
    """A host with its own network, processes and name; what it runs dies with it."""

    def __init__(self, nom: str, rang: int, dossier: Path, reglages: dict[str, str]) -> None:
        """`dossier` is its disk, `reglages` the environment of all that it runs."""
        self.nom = nom
        self.adresse = f"10.77.0.{10 + rang}"
        self._rang = rang
        self._dossier = dossier / nom
        self._dossier.mkdir()
        self._environ = _sans_reglages() | reglages | {"CERTIF_DONNEES": str(self._dossier / "donnees")}
        self._vie: subprocess.Popen[bytes] | None = None
        self._pid = 0

    @property
    def journal(self) -> str:
        """What its processes said."""
        return "".join(f.read_text("utf-8", "replace") for f in sorted(self._dossier.glob("*.log")))

    def demarrer(self) -> None:
        """Power on: nothing runs yet."""
        parent = os.getpid()
        self._vie = subprocess.Popen(
            ["unshare", "--net", "--pid", "--uts", "--fork", "--kill-child", "sleep", "infinity"],
            preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGKILL),
        )
        self._pid = attendre(self._premier)
        attendre(lambda: Path(f"/proc/{self._pid}/comm").read_text() == "sleep\n")
        self._dans("hostname", self.nom)
        _ip(
            "link", "add", f"v{self._rang}", "type", "veth", "peer", "name", "reseau", "netns", str(self._pid)
        )
        _ip("link", "set", f"v{self._rang}", "master", "pont", "up")
        self._dans("ip", "link", "set", "lo", "up")
        self._dans("ip", "address", "add", f"{self.adresse}/24", "dev", "reseau")
        self._dans("ip", "link", "set", "reseau", "up")

    def ouvrir_aux_usagers(self) -> None:
        """A second network, with who stands where the test does."""
        _ip("link", "add", "usagers", "type", "veth", "peer", "name", "usagers", "netns", str(self._pid))
        _ip("address", "add", f"{USAGERS[:-1]}1/30", "dev", "usagers")
        _ip("link", "set", "usagers", "up")
        self._dans("ip", "address", "add", f"{USAGERS}/30", "dev", "usagers")
        self._dans("ip", "link", "set", "usagers", "up")

    def servir(self, nom: str, *arguments: str) -> None:
        """Run a Python module as a service: started again whenever it ends."""
        boucle = 'while :; do "$@"; sleep 1; done'
        commande = ["sh", "-c", boucle, "sh", str(RACINE / ".venv/bin/python"), "-m", *arguments]
        with (self._dossier / f"{nom}.log").open("ab") as sortie:
            subprocess.Popen(
                self._entrer(*commande), cwd=RACINE, env=self._environ, stdout=sortie, stderr=sortie
            )

    def faire(self, *arguments: str) -> None:
        """Run a command of the application to its end."""
        commande = [str(RACINE / ".venv/bin/flask"), "--app", "app", *arguments]
        subprocess.run(self._entrer(*commande), cwd=RACINE, env=self._environ, check=True, timeout=120)

    def couper(self) -> None:
        """Nothing comes from the others nor reaches them, and nobody says so."""
        _ip("link", "set", f"v{self._rang}", "down")

    def retablir(self) -> None:
        """The network is back."""
        _ip("link", "set", f"v{self._rang}", "up")

    def tuer(self) -> None:
        """Power off, without a word; its disk stays."""
        if self._vie is not None:
            with suppress(subprocess.CalledProcessError):
                _ip("link", "delete", f"v{self._rang}")
            self._vie.kill()
            self._vie.wait()
            self._vie = None

    def _premier(self) -> int:
        assert self._vie is not None
        pid = self._vie.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text() or 0)

    def _entrer(self, *commande: str) -> list[str]:
        return ["nsenter", "--target", str(self._pid), "--net", "--pid", "--uts", *commande]

    def _dans(self, *commande: str) -> None:
        subprocess.run(self._entrer(*commande), check=True, timeout=20)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, timeout=20)


def _sans_reglages() -> dict[str, str]:
    """What is around the tests, without the settings that are theirs."""
    return {c: v for c, v in os.environ.items() if not c.startswith(("CERTIF_", "REDIS_", "DATABASE_"))}
