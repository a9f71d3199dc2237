"""What a load run must show, and whether it does; what holds a figure back stands beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from charge.seul import ADMINISTRATION, FORMATEUR, GRANDE, ORDINAIRE

FOIS = {ORDINAIRE: 4, FORMATEUR: 4, GRANDE: 6, ADMINISTRATION: 6}
"""How many times the bare page a page of each space may take."""
P99_FOIS, P99_DES_REPONSES = 3, 5
OUVRIERS_FOIS, COEURS_POUR_DEUX = 1.7, 4
PIRES = 8
"""Pages that are named where more miss their target: the report shows them all."""
ASSEZ = 100
"""Answers of a page from which its 99th percentile says something."""


@dataclass(frozen=True, slots=True)
class Objectif:
    """One target, and the figures that were measured beside it."""

    texte: str
    mesure: str
    atteint: bool
    juge: bool = True
    """Whether this machine can tell."""


def juger(resultats: Mapping[str, Any]) -> list[Objectif]:
    """The targets of every database that was measured."""
    return [
        objectif
        for base, mesures in resultats["bases"].items()
        for objectif in (*_pages(base, mesures), *_charge(base, mesures, resultats["coeurs"]))
    ]


def _pages(base: str, mesures: Mapping[str, Any]) -> Iterator[Objectif]:
    for espace, fois in FOIS.items():
        pages = [p for p in mesures["pages"] if p["espace"] == espace]
        lentes = sorted((p for p in pages if p["fois"] > fois), key=lambda p: -p["fois"])
        mesure = f"{len(pages)} pages, au plus × {max(p['fois'] for p in pages):.1f}"
        if lentes:
            pires = ", ".join(f"{p['page']} × {p['fois']:.1f}" for p in lentes[:PIRES])
            mesure = f"{len(lentes)} sur {len(pages)} : {pires}"
        yield Objectif(f"{base}, {espace} : p50 ≤ {fois} × la page nue", mesure, not lentes)


def _charge(base: str, mesures: Mapping[str, Any], coeurs: int) -> Iterator[Objectif]:
    fautes = [f for quoi in ("maximum", "moitie", "reponses") for f in mesures[quoi]["erreurs"]]
    yield Objectif(f"{base} : aucune erreur", "; ".join(fautes) or "aucune", not fautes)
    yield _etale(f"{base}, moitié du maximum", mesures["moitie"]["pages"], P99_FOIS)
    yield _etale(f"{base}, vingt formateurs", mesures["reponses"]["pages"], P99_DES_REPONSES)
    debits = mesures["certificats"]
    fois = debits["2"] / debits["1"]
    mesure = f"{debits['1']:.0f} puis {debits['2']:.0f} par seconde, × {fois:.2f}"
    if coeurs < COEURS_POUR_DEUX:
        mesure += f" ; {coeurs} cœurs, que la base et la mesure partagent"
    elif base == "sqlite":
        mesure += " ; SQLite n’a qu’un écrivain à la fois"
    juge = coeurs >= COEURS_POUR_DEUX and base != "sqlite"
    titre = f"{base} : deux ouvriers ≥ {OUVRIERS_FOIS} × un"
    yield Objectif(titre, mesure, fois >= OUVRIERS_FOIS, juge)


def _etale(titre: str, pages: Mapping[str, Mapping[str, float]], fois: int) -> Objectif:
    """Whether the slowest answers of each page are near its median."""
    ratios = {nom: p["p99"] / p["p50"] for nom, p in pages.items() if p["n"] >= ASSEZ}
    larges = {nom: ratio for nom, ratio in ratios.items() if ratio > fois}
    mesure = ", ".join(f"{nom} × {ratio:.1f}" for nom, ratio in larges.items())
    if not ratios:
        mesure = f"aucune page n’a eu {ASSEZ} réponses"
    elif not larges:
        mesure = f"au plus × {max(ratios.values()):.1f}"
    return Objectif(f"{titre} : p99 ≤ {fois} × p50", mesure, bool(ratios) and not larges)
