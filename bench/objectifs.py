"""What the figures must be, and whether they are."""

from dataclasses import dataclass
from typing import Any

from bench.dossier import ENSEMBLE
from bench.moteurs import FROID, LIMITE, NAIF, PIPELINE, SCELLE

RATIO_1000, RATIO_15 = 80, 12
OCTETS_MAX = 66 * 1024
MEMOIRE_MAX_MO = 200
CLIC_FOIS = 2
PART_DE_LA_LIMITE = 0.5
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
        objectifs += _devant_les_pairs(resultats, grand)
        if limite := lignes.get((LIMITE, 1000)):
            part = round(debit / limite["pdf_par_seconde"], 2)
            texte = f"scellés, 1 000 : ≥ {PART_DE_LA_LIMITE} × la limite"
            objectifs.append(Objectif(texte, part, part >= PART_DE_LA_LIMITE))
        memoire = grand["memoire_mo"]
        objectifs.append(
            Objectif(f"scellés, 1 000 : < {MEMOIRE_MAX_MO} Mo", memoire, memoire < MEMOIRE_MAX_MO)
        )
    if petit:
        ratio = petit["ratio_naif"]
        objectifs.append(Objectif(f"scellés, 15 : ≥ {RATIO_15} × naïf", ratio, ratio >= RATIO_15))
        objectifs += _devant_les_pairs(resultats, petit)
    poids = [x["octets_par_pdf"] for x in resultats["moteurs"] if x["moteur"] == SCELLE]
    if poids:
        objectifs.append(Objectif(f"≤ {OCTETS_MAX} octets par fichier", max(poids), max(poids) <= OCTETS_MAX))
    for x in resultats["dossiers"]:
        if x["document"] == ENSEMBLE:
            texte, ratio = f"dossier de {x['stagiaires']} : ≥ {RATIO_DOSSIER} × l’arbitre", x["ratio_arbitre"]
            objectifs.append(Objectif(texte, ratio, ratio >= RATIO_DOSSIER))
    clic = resultats["clic_zip_ms"].get("15")
    if clic is not None and (chaude := resultats["tache_chaude_ms"].get("15")):
        fois = round(clic / chaude, 2)
        texte = f"du clic au zip, 15 : ≤ {CLIC_FOIS} × la même tâche dans un processus chaud"
        objectifs.append(Objectif(texte, fois, fois <= CLIC_FOIS))
    seul, *occupes = resultats["clic_pendant_ms"].items() or [("", 0.0)]
    for quoi, pendant in occupes:
        fois = round(pendant / seul[1], 1)
        objectifs.append(
            Objectif(f"clic de 4 pendant un {quoi} : ≤ {PENDANT_FOIS} × seul", fois, fois <= PENDANT_FOIS)
        )
    return objectifs


def _devant_les_pairs(resultats: dict[str, Any], ligne: dict[str, Any]) -> list[Objectif]:
    """More than each engine of others makes of sessions of this size, if one was run."""
    taille, debit = ligne["stagiaires"], ligne["pdf_par_seconde"]
    pairs = [
        x["pdf_par_seconde"] for x in resultats["moteurs"] if _est_un_pair(x) and x["stagiaires"] == taille
    ]
    if not pairs:
        return []
    nombre = f"{taille:,}".replace(",", " ")
    texte = f"scellés, {nombre} : plus que chaque pair ({max(pairs)} PDF/s)"
    return [Objectif(texte, debit, debit > max(pairs))]


def _est_un_pair(ligne: dict[str, Any]) -> bool:
    return ligne["moteur"] not in (NAIF, PIPELINE, SCELLE, FROID, LIMITE)
