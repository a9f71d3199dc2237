"""Child processes: tied to their parent, and started again whenever they end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
ATTENTE_MIN_S, ATTENTE_MAX_S = 0.5, 4.0
"""Before a child that died starts again; doubled each time, from the least again after a quiet while."""
CALME_S = 30.0


def mourir_avec_le_parent(parent: int, signal_recu: signal.Signals) -> None:
    """In a new child: be sent this signal when `parent` dies, however it dies (Linux only)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal_recu), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal_recu)


class Enfant:
    """A process that starts again whenever it ends."""

    def __init__(self, nom: str, dossier: Path, *arguments: str, patience_s: float = 15.0) -> None:
        """A Python module and its arguments; past `patience_s`, one that does not stop is killed."""
        self.nom = nom
        self.dossier = dossier
        self.arguments = [sys.executable, "-m", *arguments]
        self.patience_s = patience_s
        self.processus: subprocess.Popen[bytes] | None = None
        self._attente, self._depart, self._prochain = ATTENTE_MIN_S, 0.0, 0.0

    def surveiller(self) -> None:
        """Start it if it does not run and its time has come."""
        maintenant = time.monotonic()
        if self.processus is not None:
            code = self.processus.poll()
            if code is None:
                return
            self._tuer_groupe()
            self.processus = None
            if maintenant - self._depart > CALME_S:
                self._attente = ATTENTE_MIN_S
            print(f"[superviseur] {self.nom} s’est arrêté (code {code}), nouvel essai.", file=sys.stderr)
            self._prochain = maintenant + self._attente
            self._attente = min(self._attente * 2, ATTENTE_MAX_S)
        if maintenant >= self._prochain:
            self._depart = maintenant
            parent = os.getpid()
            self.processus = subprocess.Popen(
                self.arguments,
                cwd=self.dossier,
                process_group=0,
                preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGTERM),
            )

    def prier(self) -> None:
        """Ask it to stop; only its first process is told, which finishes its work."""
        if self.processus is not None:
            self.processus.terminate()

    def attendre(self) -> None:
        """Wait until it has stopped; past its patience, or interrupted again, kill it with its group."""
        if self.processus is not None:
            with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                self.processus.wait(self.patience_s)
            self._tuer_groupe()
            self.processus.wait()

    def _tuer_groupe(self) -> None:
        assert self.processus is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.processus.pid, signal.SIGKILL)
