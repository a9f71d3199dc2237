"""The job behind a click, called by itself in a warm process: `python -m bench.tache FOIS NOMBRE…`.

SQLite and a local folder in a temporary place, no queue. Prints one line of JSON: for each number of
réussites the median, in milliseconds, of the FOIS runs that follow a first one.
"""

import itertools
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.donnees import Personne, personnes
from bench.sessions import demander, s_isoler, session
from certif import create_app, demo, migration
from certif.config import Config
from certif.domaine.certificats.production.certificats import produire
from certif.socle import stockage


def main(fois: int, nombres: list[int]) -> dict[str, float]:
    """Milliseconds for each number of réussites."""
    with tempfile.TemporaryDirectory(prefix="certif-b-") as dossier:
        s_isoler(Path(dossier) / "d")
        with create_app(Config.lire(os.environ)).app_context():
            migration.mettre_a_jour()
            stockage.preparer()
            demo.charger()
            gens = personnes(graine=7)
            return {
                str(n): round(
                    median([_produire(list(itertools.islice(gens, n))) for _ in range(fois + 1)][1:]), 1
                )
                for n in nombres
            }


def _produire(gens: list[Personne]) -> float:
    numero = session(gens)
    demander(numero)
    depart = time.perf_counter()
    produire(numero)
    return 1000 * (time.perf_counter() - depart)


if __name__ == "__main__":
    lus = [int(nombre) for nombre in sys.argv[1:]]
    print(json.dumps(main(lus[0], lus[1:])))
