"""One run of the load: `make charge`, or `python -m charge`.

Fills each database, puts it through its measures, prints what is reached and what is not, and writes the
results; those of a run of full size are kept, and shown by `docs/echelle.md`.
"""

import argparse
import json
import platform
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.__main__ import git, processeur
from certif.config import RACINE
from charge.mesures import coeurs, mesurer
from charge.objectifs import juger
from charge.serveurs import BASES, servir
from charge.tableau import actualiser, rapport
from charge.taille import Taille

RESULTATS = RACINE / "charge" / "resultats.json"
ECHELLE = RACINE / "docs" / "echelle.md"


def main(arguments: list[str]) -> None:
    """Run what is asked for; everything by default."""
    lecteur = argparse.ArgumentParser(prog="python -m charge", description="Met Certif en charge.")
    lecteur.add_argument("--sessions", type=int, default=Taille().sessions)
    lecteur.add_argument("--bases", type=lambda t: t.split(","), default=list(BASES), metavar=",".join(BASES))
    lecteur.add_argument("--tours", type=int, default=11, help="de chaque page, seule")
    lecteur.add_argument("--secondes", type=int, default=120, help="de la charge tenue")
    lecteur.add_argument("--sortie", type=Path, default=RESULTATS)
    choix = lecteur.parse_args(arguments)
    taille, depart = Taille(choix.sessions), time.monotonic()
    resultats: dict[str, Any] = _machine(taille) | {"bases": {}}
    for base in choix.bases:

        def dire(texte: str, base: str = base) -> None:
            print(f"{time.monotonic() - depart:5.0f} s  {base} : {texte}", file=sys.stderr, flush=True)

        dire(f"remplissage de {taille.sessions} sessions")
        with (
            tempfile.TemporaryDirectory(prefix="certif-c-") as dossier,
            servir(base, taille, Path(dossier) / "d") as lieu,
        ):
            resultats["bases"][base] = mesurer(lieu, choix.tours, choix.secondes, dire)
        # What was measured is kept, whatever becomes of the next one.
        choix.sortie.write_text(json.dumps(resultats, ensure_ascii=False, indent=1) + "\n", "utf-8")
        dire("fini")
    if choix.sortie == RESULTATS:
        ECHELLE.write_text(actualiser(ECHELLE.read_text("utf-8"), resultats), "utf-8")
    print("\n".join(rapport(resultats)))
    for objectif in juger(resultats):
        verdict = "ATTEINT" if objectif.atteint else "MANQUÉ" if objectif.juge else "NON JUGÉ"
        print(f"{verdict:8}  {objectif.texte} : {objectif.mesure}")


def _machine(taille: Taille) -> dict[str, Any]:
    """Of which commit, when, on what, over how much."""
    return {
        "commit": git("rev-parse", "--short", "HEAD"),
        "arbre_propre": not git("status", "--porcelain"),
        "fait_le": date.today().isoformat(),
        "processeur": processeur(),
        "coeurs": coeurs(),
        "python": platform.python_version(),
        "sessions": taille.sessions,
        "registre": 10 * (taille.sessions * 3 // 5 + taille.effacees),
        "entites": taille.entites,
        "individus": taille.individus,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
