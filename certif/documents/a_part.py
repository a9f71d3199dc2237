"""A document made in a process of its own, which ends with it: who shows one stays light.

Identities pass through pipes only: nothing is written anywhere. The module that makes the document is run
with its data on standard input, as JSON; it writes the PDF, or a sentence with code 2.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from certif.documents.erreurs import RenduImpossible

DELAI_S = 15
ATTENTE_S = 2
"""Whoever finds others waiting is told at once: documents must not hold the threads that serve pages."""
REFUS = 2
_OCCUPE = "Ce document n’est pas disponible pour le moment\u00a0: réessayez dans un instant."
_RACINE = Path(__file__).parents[2]
_un_a_la_fois = threading.BoundedSemaphore(1)


class DocumentIndisponible(Exception):
    """No document; `message` is a French sentence for the page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DocumentRefuse(DocumentIndisponible):
    """It will never be made of these data."""


def executer(module: str, donnees: Mapping[str, Any]) -> bytes:
    """The PDF that this module makes of these data.

    Raises:
        DocumentRefuse: it cannot be laid out.
        DocumentIndisponible: not now.
    """
    if not _un_a_la_fois.acquire(timeout=ATTENTE_S):
        raise DocumentIndisponible(_OCCUPE)
    try:
        fini = subprocess.run(
            [sys.executable, "-m", module],
            input=json.dumps(donnees).encode(),
            capture_output=True,
            cwd=_RACINE,
            env={},
            timeout=DELAI_S,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as erreur:
        raise DocumentIndisponible(_OCCUPE) from erreur
    finally:
        _un_a_la_fois.release()
    if fini.returncode == REFUS:
        raise DocumentRefuse(fini.stdout.decode())
    if fini.returncode != 0:
        raise DocumentIndisponible(_OCCUPE)
    return fini.stdout


def repondre(fabriquer: Callable[[Any], bytes]) -> int:
    """In that process: read the data, write what `fabriquer` makes of them; the code to exit with."""
    try:
        pdf = fabriquer(json.load(sys.stdin.buffer))
    except RenduImpossible as refus:
        sys.stdout.buffer.write(refus.message.encode())
        return REFUS
    sys.stdout.buffer.write(pdf)
    return 0
