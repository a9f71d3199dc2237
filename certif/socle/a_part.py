"""A module run in a process of its own, which ends with it: what hostile data do to it happens to it alone.

Data pass through pipes only: nothing is written anywhere. The process has no environment, hence no secret.
"""

import subprocess
import sys
import threading
from pathlib import Path

DELAI_S = 15
ATTENTE_S = 2
"""Whoever finds others waiting is told at once: they must not hold the threads that serve pages."""
_RACINE = Path(__file__).parents[2]
_un_a_la_fois = threading.BoundedSemaphore(1)


class Occupe(Exception):
    """Others are being served."""


def executer(module: str, entree: bytes) -> tuple[int, bytes]:
    """Run `python -m module` on these bytes: its exit code, negative when it was killed, and what it wrote.

    Raises:
        Occupe: others are being served.
        TimeoutError: not done after DELAI_S.
    """
    if not _un_a_la_fois.acquire(timeout=ATTENTE_S):
        raise Occupe
    try:
        fini = subprocess.run(
            [sys.executable, "-m", module],
            input=entree,
            capture_output=True,
            cwd=_RACINE,
            env={},
            timeout=DELAI_S,
            check=False,
        )
    except subprocess.TimeoutExpired as erreur:
        raise TimeoutError from erreur
    finally:
        _un_a_la_fois.release()
    return fini.returncode, fini.stdout
