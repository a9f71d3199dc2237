"""What one database is put through, in order: alone, then as many as it bears, then half of that."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from charge import seul
from charge.serveurs import Lieu

FOULE, FORMATEURS = 24, 20


def mesurer(lieu: Lieu, tours: int, secondes: int, dire: Callable[[str], None]) -> dict[str, Any]:
    """All the figures of this database.

    Each page is asked for `tours` times; the load of half the maximum lasts `secondes`, the others less.
    """
    dire("chaque page, seule, à côté de la page nue")
    pages = seul.mesurer(lieu.site, lieu.nue, lieu.taille, tours)
    dire(f"{FOULE} personnes, autant qu’il en passe")
    maximum = _foule(lieu, "tous", FOULE, secondes // 4)
    moitie = maximum["par_seconde"] / 2
    dire(f"{FOULE} personnes, la moitié : {moitie:.0f} par seconde")
    tenue = _foule(lieu, "tous", FOULE, secondes, moitie)
    dire(f"{FORMATEURS} formateurs qui répondent")
    reponses = _foule(lieu, "reponses", FORMATEURS, secondes // 4)
    dire("certificats par seconde")
    nombres = [1, 2, *([4] if coeurs() >= 8 else [])]
    return {
        "pages": [asdict(m) for m in pages],
        "maximum": maximum,
        "moitie": tenue,
        "reponses": reponses,
        "certificats": json.loads(lieu.lancer("charge.certificats", *map(str, nombres)).splitlines()[-1]),
    }


def coeurs() -> int:
    """Those that this run may use."""
    return len(os.sched_getaffinity(0))


def _foule(lieu: Lieu, qui: str, combien: int, secondes: int, par_s: float = 0) -> dict[str, Any]:
    reglages = (lieu.site, lieu.taille.sessions, qui, combien, secondes, par_s)
    resultat = json.loads(lieu.lancer("charge.foule", *map(str, reglages)).splitlines()[-1])
    temps = {nom: _resume(ms) for nom, ms in sorted(resultat["temps"].items())}
    for faute, fois in resultat["fautes"].items():
        print(f"  ERREUR ({fois} ×) {faute}", file=sys.stderr, flush=True)
    return {"par_seconde": resultat["par_seconde"], "pages": temps, "erreurs": resultat["fautes"]}


def _resume(ms: list[float]) -> dict[str, float]:
    """How many answers, their median and their 99th percentile."""
    return {"n": len(ms), "p50": centile(ms, 50), "p99": centile(ms, 99)}


def centile(tries: list[float], rang: int) -> float:
    """The value that so many in a hundred do not exceed, of values in order."""
    return tries[min(len(tries) - 1, -(-len(tries) * rang // 100) - 1)]
