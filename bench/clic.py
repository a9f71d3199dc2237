"""From the click to the finished zip, through the real queues: `python -m bench.clic FOIS PENDANT NOMBRE…`.

A real Valkey, both workers, SQLite and a local folder, all in a temporary place. Prints one line of JSON,
medians in milliseconds of the FOIS runs that follow a first one: `clic_zip_ms` for each number of réussites,
by somebody who is alone, and `clic_pendant_ms`, a click of four by the same, while the dossier of PENDANT
certificates is made, and right behind somebody's click of PENDANT (not measured when it is 0).
"""

import itertools
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from bench.donnees import Personne, personnes
from bench.enfants import lancer
from bench.sessions import demander, s_isoler, session
from certif import create_app, demo, migration
from certif.config import Config
from certif.domaine.sessions.etats import Etat
from certif.socle import file, stockage, valkey

PETIT = 4
_PAS_S = 0.002
_CALME_S = 0.3
"""Nobody clicks as soon as the last one is served."""
_ATTENTE_MAX_S = 900.0


def main(fois: int, pendant: int, nombres: list[int]) -> dict[str, dict[str, float]]:
    """Milliseconds for each number of réussites, and for a small click beside `pendant` of somebody else."""
    with tempfile.TemporaryDirectory(prefix="certif-b-") as dossier, ExitStack() as pile:
        s_isoler(Path(dossier) / "d")
        config = Config.lire(os.environ)
        pile.enter_context(_processus("certif.socle.valkey", str(valkey.dossier_de(config.donnees))))
        app = create_app(config)
        with app.app_context():
            migration.mettre_a_jour()
            stockage.preparer()
            demo.charger()
            attendre(file.joignable)
            for voie in file.Voie:
                pile.enter_context(_processus("certif.ouvrier", voie))
            attendre(lambda: all(map(file.ouvrier_vivant, file.Voie)))
            banc = _Banc(config.donnees / "certif.db", personnes(graine=7), fois)
            a_cote = banc.a_cote_de(pendant) if pendant else {}
            return {
                "clic_zip_ms": {str(n): banc.mediane(partial(banc.seul, n)) for n in nombres},
                "clic_pendant_ms": a_cote,
            }


class _Banc:
    """Clicks, timed as another process sees their end."""

    def __init__(self, base: Path, gens: Iterator[Personne], fois: int) -> None:
        self._gens, self._fois = gens, fois
        self._lecture = sqlite3.connect(f"file:{base}?mode=ro", uri=True)

    def mediane(self, cliquer: Callable[[], float]) -> float:
        """Once to warm up, then the middle of the runs."""
        return round(median([cliquer() for _ in range(self._fois + 1)][1:]), 1)

    def cliquer(self, nombre: int) -> float:
        """Milliseconds from the click to the state `genere`."""
        numero = session(list(itertools.islice(self._gens, nombre)))
        depart = time.perf_counter()
        demander(numero)
        attendre(lambda: self._lire(_ETAT, numero) == Etat.GENERE.value)
        return 1000 * (time.perf_counter() - depart)

    def a_cote_de(self, nombre: int) -> dict[str, float]:
        """A small click alone, then beside a large session's dossier, then behind its certificates."""
        return {
            "rien": self.mediane(partial(self.seul, PETIT)),
            f"dossier de {nombre}": self.mediane(lambda: self._pendant_un_dossier(nombre)),
            f"clic de {nombre}": self.mediane(lambda: self._derriere_un_clic(nombre)),
        }

    def seul(self, nombre: int) -> float:
        """The same, when nothing of before is still being made."""
        attendre(lambda: not self._lire(_DOSSIERS_A_FAIRE))
        time.sleep(_CALME_S)
        return self.cliquer(nombre)

    def _pendant_un_dossier(self, nombre: int) -> float:
        if not self._lire(_GRANDS_DOSSIERS_EN_MAIN, nombre):
            self.cliquer(nombre)
            attendre(lambda: bool(self._lire(_GRANDS_DOSSIERS_EN_MAIN, nombre)))
        return self.cliquer(PETIT)

    def _derriere_un_clic(self, nombre: int) -> float:
        attendre(lambda: not self._lire(_EN_GENERATION))
        demander(session(list(itertools.islice(self._gens, nombre))))
        return self.cliquer(PETIT)

    def _lire(self, requete: str, *valeurs: int) -> object:
        return self._lecture.execute(requete, valeurs).fetchone()[0]


_EN_GENERATION = "SELECT count(*) FROM session_certification WHERE etat = 'generation'"
_ETAT = "SELECT etat FROM session_certification WHERE numero = ?"
_DOSSIERS_A_FAIRE = """
    SELECT count(*) FROM session_certification s LEFT JOIN dossier_session d ON d.session_numero = s.numero
    WHERE s.etat IN ('generation', 'genere') AND d.sha256 IS NULL
"""
_GRANDS_DOSSIERS_EN_MAIN = """
    SELECT count(*) FROM dossier_session d JOIN session_certification s ON s.numero = d.session_numero
    WHERE s.certificats_total = ? AND d.cle IS NOT NULL AND d.sha256 IS NULL
"""


@contextmanager
def _processus(*module: str) -> Iterator[None]:
    """A program of the application, stopped with the block."""
    processus = lancer(*module, sortie=subprocess.DEVNULL)
    try:
        yield
    finally:
        processus.terminate()
        processus.wait(timeout=30)


def attendre(condition: Callable[[], bool]) -> None:
    """Return as soon as it is true.

    Raises:
        TimeoutError: it still is not after a quarter of an hour, the dossiers of a thousand included.
    """
    fin = time.monotonic() + _ATTENTE_MAX_S
    while not condition():
        if time.monotonic() > fin:
            raise TimeoutError
        time.sleep(_PAS_S)


if __name__ == "__main__":
    lus = [int(nombre) for nombre in sys.argv[1:]]
    print(json.dumps(main(lus[0], lus[1], lus[2:])))
