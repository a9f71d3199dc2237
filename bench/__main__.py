"""One run of the whole comparison: `make bench`, or `python -m bench`.

Everything runs on one core, engines in turn. Prints the tables, writes the results and, when they are those
that are kept, the tables of `docs/vitesse.md`; fails when a target is missed.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.enfants import demander
from bench.moteurs import MOTEURS
from bench.objectifs import juger
from bench.tableau import actualiser, blocs
from bench.tours import courir
from certif.config import RACINE

RESULTATS = RACINE / "bench" / "resultats.json"
VITESSE = RACINE / "docs" / "vitesse.md"
CLICS = 3
"""How often a click, or a dossier, is measured, at most."""

_BIBLIOTHEQUES = ("xhtml2pdf", "reportlab", "pypdf", "segno", "cryptography", "typst", "weasyprint")


def main(arguments: list[str]) -> None:
    """Run what is asked for; everything by default."""
    lecteur = argparse.ArgumentParser(
        prog="python -m bench", description="Compare les moteurs de certificats."
    )
    lecteur.add_argument("--tailles", type=_nombres, default=[15, 1000], metavar="15,1000")
    lecteur.add_argument("--moteurs", type=_noms, default=[m.nom for m in MOTEURS], metavar="NOM,NOM")
    lecteur.add_argument("--clics", type=_nombres, default=[4, 15, 100, 1000], metavar="4,15 (vide : aucun)")
    lecteur.add_argument("--pendant", type=int, default=300, metavar="300 (0 : rien)")
    lecteur.add_argument("--dossiers", type=_nombres, default=[15, 200], metavar="15,200 (vide : aucun)")
    lecteur.add_argument("--tours", type=int, default=5)
    lecteur.add_argument("--sortie", type=Path, default=RESULTATS)
    choix = lecteur.parse_args(arguments)

    coeur = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {coeur})
    lignes, absents = courir(choix.tailles, choix.tours, choix.moteurs, _dire)
    resultats = {
        **_machine(choix.tours),
        "moteurs": lignes,
        "absents": absents,
        **_dossiers(min(choix.tours, CLICS), choix.dossiers),
        **_clics(min(choix.tours, CLICS), choix.pendant, choix.clics),
    }
    choix.sortie.write_text(json.dumps(resultats, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if choix.sortie == RESULTATS:
        VITESSE.write_text(actualiser(VITESSE.read_text("utf-8"), resultats), "utf-8")

    for bloc in blocs(resultats).values():
        print("\n".join(["", *bloc]))
    print()
    for nom, raison in absents.items():
        print(f"ABSENT  {nom} : {raison}")
    objectifs = juger(resultats)
    for objectif in objectifs:
        print(
            f"{'atteint' if objectif.atteint else 'MANQUÉ '}  {objectif.texte} (mesuré : {objectif.mesure})"
        )
    if not all(objectif.atteint for objectif in objectifs):
        raise SystemExit(1)


def _nombres(texte: str) -> list[int]:
    return [int(nombre) for nombre in texte.split(",") if nombre]


def _noms(texte: str) -> list[str]:
    noms = texte.split(",")
    if inconnus := set(noms) - {m.nom for m in MOTEURS}:
        raise argparse.ArgumentTypeError(f"moteurs inconnus : {', '.join(sorted(inconnus))}")
    return noms


def _dossiers(fois: int, nombres: list[int]) -> dict[str, Any]:
    if not nombres:
        return {"dossiers": []}
    _dire("dossiers")
    return demander("bench.dossier", *map(str, [fois, *nombres]))


def _clics(fois: int, pendant: int, nombres: list[int]) -> dict[str, dict[str, float]]:
    if not nombres:
        return {"clic_zip_ms": {}, "clic_pendant_ms": {}, "tache_chaude_ms": {}}
    _dire("du clic au zip")
    return {
        **demander("bench.clic", *map(str, [fois, pendant, *nombres])),
        "tache_chaude_ms": demander("bench.tache", *map(str, [fois, *nombres])),
    }


def _machine(tours: int) -> dict[str, Any]:
    """Of which commit, when, on what and with which versions."""
    return {
        "commit": git("rev-parse", "--short", "HEAD"),
        "arbre_propre": not git("status", "--porcelain"),
        "fait_le": date.today().isoformat(),
        "processeur": processeur(),
        "coeurs_utilises": 1,
        "tours": tours,
        "charge_au_depart": round(os.getloadavg()[0], 1),
        "versions": {"python": platform.python_version()} | dict(filter(None, map(_version, _BIBLIOTHEQUES))),
    }


def git(*arguments: str) -> str:
    """What git says of this tree; "" where there is none."""
    try:
        fait = subprocess.run(["git", *arguments], cwd=RACINE, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return fait.stdout.strip()


def _version(nom: str) -> tuple[str, str] | None:
    try:
        return nom, version(nom)
    except PackageNotFoundError:
        return None


def processeur() -> str:
    try:
        lignes = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((ligne.partition(":")[2].strip() for ligne in lignes if ligne.startswith("model name")), "")


def _dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
