"""What any file costs the process that opens it: little memory, and a few seconds."""

import subprocess
import sys
import time

import pytest

from certif.socle import a_part
from certif.socle.tableur import isole
from tests.support.tables import LISIBLES, REFUSES

MEMOIRE_MAX = 200 * 1024
"""Kilobytes."""
# Its peak is read by a process that is itself small: a child begins with its parent's.
_MESURE = """
import resource, subprocess, sys
ordre = [sys.executable, "-m", "certif.socle.tableur.isole"]
subprocess.run(ordre, stdin=sys.stdin.buffer, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("quoi", [*LISIBLES, *REFUSES])
def test_a_file_costs_little(quoi: str) -> None:
    fichier = LISIBLES[quoi]() if quoi in LISIBLES else REFUSES[quoi][0]()
    debut = time.monotonic()
    mesure = subprocess.run(
        [sys.executable, "-c", _MESURE],
        input=fichier,
        capture_output=True,
        cwd=a_part._RACINE,
        env={},
        check=True,
    )
    assert int(mesure.stdout) < MEMOIRE_MAX
    assert time.monotonic() - debut < a_part.DELAI_S


def test_the_process_could_not_take_more() -> None:
    assert isole.MEMOIRE_MAX // 1024 < MEMOIRE_MAX
