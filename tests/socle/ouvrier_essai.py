"""A worker for tests: real, with functions of its own in place of `certif.taches`.

`python -m tests.socle.ouvrier_essai REDIS_URL FILE [burst]`: the functions write their argument in FILE.
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


def interdite(identifiant: int) -> None:
    noter(identifiant)


if __name__ == "__main__":
    taches = ModuleType(MODULE)
    for fonction in (noter, patienter, echouer, interdite):
        setattr(taches, fonction.__name__, fonction)
    taches.os = os  # type: ignore[attr-defined]
    sys.modules[MODULE] = taches
    journalisation.regler(json=True)
    file.regler(ADRESSE)
    ouvrier = Ouvrier(file.Voie.SUITES, {"noter", "patienter", "echouer"})
    ouvrier.work(burst=len(sys.argv) > 3, with_scheduler=len(sys.argv) <= 3, logging_level="WARNING")
