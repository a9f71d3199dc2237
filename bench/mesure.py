"""One engine, one session, in a process of its own: `python -m bench.mesure MODULE NOMBRE GRAINE`.

Imports and a first certificate come before the clock. Prints one line of JSON.
"""

import importlib
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.donnees import certificats


@dataclass(frozen=True, slots=True)
class Mesure:
    """What one run took; `absent` says why it could not be made, and the rest is then zero."""

    nombre: int = 0
    secondes: float = 0.0
    secondes_cpu: float = 0.0
    octets: int = 0
    memoire_mo: float = 0.0
    absent: str = ""


def mesurer(module: str, nombre: int, graine: int) -> Mesure:
    """Have an engine make a session, after one certificate of another."""
    try:
        moteur = importlib.import_module(f"bench.moteurs.{module}")
    except (ImportError, OSError) as erreur:  # OSError: a library of the system that it needs
        return Mesure(absent=str(erreur).splitlines()[0])
    for _ in moteur.faire(certificats(1, graine)):
        pass
    donnees = certificats(nombre, graine + 1)
    depart, depart_cpu = time.perf_counter(), time.process_time()
    # As production does: a file that is made is put away at once.
    octets = sum(len(fichier) for fichier in moteur.faire(donnees))
    return Mesure(
        nombre,
        time.perf_counter() - depart,
        time.process_time() - depart_cpu,
        octets,
        _pic_mo(),
    )


def _pic_mo() -> float:
    """Of this program: what the system counts for a process includes that from which it was forked."""
    etat = Path("/proc/self/status").read_text(encoding="ascii")
    return int(etat.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(asdict(mesurer(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
