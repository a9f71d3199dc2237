"""What the figures must be, and whether they are."""

from dataclasses import dataclass
from typing import Any

from bench.dossier import ENSEMBLE
from bench.moteurs import NAIF, PIPELINE, SCELLE

RATIO_1000, RATIO_15 = 80, 12
OCTETS_MAX = 66 * 1024
MEMOIRE_MAX_MO = 200
CLIC_FIXE_MS, CLIC_FOIS = 150, 5
PENDANT_FOIS = 3
RATIO_DOSSIER = 10


@dataclass(frozen=True, slots=True)
class Objectif:
    """One target, and the figure that was measured beside it."""

    texte: str
    mesure: float
    atteint: bool


def juger(resultats: dict[str, Any]) -> list[Objectif]:
    """The targets that these results tell of; those on sizes or engines that were not run are left out."""
    lignes = {(x["moteur"], x["stagiaires"]): x for x in resultats["moteurs"]}
    objectifs = []
    grand, petit = lignes.get((SCELLE, 1000)), lignes.get((SCELLE, 15))
    if grand:
        ratio, debit = grand["ratio_naif"], grand["pdf_par_seconde"]
        objectifs.append(Objectif(f"scellés, 1 000 : ≥ {RATIO_1000} × naïf", ratio, ratio >= RATIO_1000))
        pairs = [
            x["pdf_par_seconde"] for x in resultats["moteurs"] if _est_un_pair(x) and x["stagiaires"] == 1000
        ]
        if pairs:
            texte = f"scellés, 1 000 : plus que chaque pair ({max(pairs)} PDF/s)"
            objectifs.append(Objectif(texte, debit, debit > max(pairs)))
        memoire = grand["memoire_mo"]
        objectifs.append(
            Objectif(f"scellés, 1 000 : < {MEMOIRE_MAX_MO} Mo", memoire, memoire < MEMOIRE_MAX_MO)
        )
    if petit:
        ratio = petit["ratio_naif"]
        objectifs.append(Objectif(f"scellés, 15 : ≥ {RATIO_15} × naïf", ratio, ratio >= RATIO_15))
    poids = [x["octets_par_pdf"] for x in resultats["moteurs"] if x["moteur"] == SCELLE]
    if poids:
        objectifs.append(Objectif(f"≤ {OCTETS_MAX} octets par fichier", max(poids), max(poids) <= OCTETS_MAX))
    for x in resultats["dossiers"]:
        if x["document"] == ENSEMBLE:
            texte, ratio = f"dossier de {x['stagiaires']} : ≥ {RATIO_DOSSIER} × l’arbitre", x["ratio_arbitre"]
            objectifs.append(Objectif(texte, ratio, ratio >= RATIO_DOSSIER))
    clic = resultats["clic_zip_ms"].get("15")
    if petit and clic is not None:
        limite = CLIC_FIXE_MS + CLIC_FOIS * 15_000 / petit["pdf_par_seconde"]
        objectifs.append(Objectif(f"du clic au zip, 15 : ≤ {limite:.0f} ms", clic, clic <= limite))
    seul, *occupes = resultats["clic_pendant_ms"].items() or [("", 0.0)]
    for quoi, pendant in occupes:
        fois = round(pendant / seul[1], 1)
        objectifs.append(
            Objectif(f"clic de 4 pendant un {quoi} : ≤ {PENDANT_FOIS} × seul", fois, fois <= PENDANT_FOIS)
        )
    return objectifs


def _est_un_pair(ligne: dict[str, Any]) -> bool:
    return ligne["moteur"] not in (NAIF, PIPELINE, SCELLE)
