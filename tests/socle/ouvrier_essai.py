"""A worker for tests: real, with functions of its own in place of `certif.taches`.

`python -m tests.socle.ouvrier_essai REDIS_URL FILE [burst|reserve]`: the functions write their argument in
FILE; with `reserve`, so does the child that waits, once it is ready.
"""

import os
import sys
import time
from pathlib import Path
from types import ModuleType

from certif.socle import file
from certif.socle.observation import journalisation
from certif.socle.ouvriers import Ouvrier
from certif.socle.tache import MODULE

ADRESSE, TRACE = sys.argv[1], Path(sys.argv[2])


def noter(identifiant: int) -> None:
    with TRACE.open("a") as trace:
        trace.write(f"{identifiant}\n")


def patienter(identifiant: int) -> None:
    noter(-identifiant)
    time.sleep(1.5)
    noter(identifiant)


def echouer(identifiant: int) -> None:
    noter(identifiant)
    raise ValueError("DUPONT marie@example.fr")


def signer(_identifiant: int) -> None:
    noter(os.getpid())


def interdite(identifiant: int) -> None:
    noter(identifiant)


if __name__ == "__main__":
    taches = ModuleType(MODULE)
    for fonction in (noter, patienter, echouer, signer, interdite):
        setattr(taches, fonction.__name__, fonction)
    taches.os = os  # type: ignore[attr-defined]
    sys.modules[MODULE] = taches
    journalisation.regler(json=True)
    file.regler(ADRESSE)
    options = sys.argv[3:]
    preparer = (lambda: noter(os.getpid())) if "reserve" in options else None
    admises = {"noter", "patienter", "echouer", "signer"}
    ouvrier = Ouvrier(file.Voie.SUITES, admises, preparer=preparer)
    ouvrier.work(burst="burst" in options, with_scheduler=not options, logging_level="WARNING")
