"""Programs that a measure runs: they end with it, however it ends."""

import json
import os
import signal
import subprocess
import sys
from typing import Any

from certif.config import RACINE
from certif.socle.processus import mourir_avec_le_parent


def lancer(*module: str, sortie: int) -> subprocess.Popen[bytes]:
    """Start a module of this project, with its arguments; `sortie` is where its output goes."""
    parent = os.getpid()
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=RACINE,
        stdout=sortie,
        preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGTERM),
    )


def demander(*module: str) -> dict[str, Any]:
    """What a module prints last, as JSON.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    with lancer(*module, sortie=subprocess.PIPE) as processus:
        dit, _ = processus.communicate()
    if processus.returncode:
        raise subprocess.CalledProcessError(processus.returncode, processus.args)
    return dict(json.loads(dit.splitlines()[-1]))
