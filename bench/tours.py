"""Rounds: every engine in turn, again and again, so that a slow moment falls on all of them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bench.enfants import demander
from bench.moteurs import MOTEURS, NAIF, Moteur

GRAND = 500
"""Sessions of this many and more are sampled for the engines that would take minutes."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """An engine on one size of session: medians of the rounds. `mesures` is how many it really made."""

    moteur: str
    stagiaires: int
    pdf_par_seconde: float
    ratio_naif: float
    octets_par_pdf: int
    memoire_mo: float
    mesures: int
    pdf_par_seconde_cpu: float
    en_lot: bool


def courir(
    tailles: Sequence[int], tours: int, noms: Sequence[str], dire: Callable[[str], None]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The lines of the table, and why each engine that is missing is; `noms` hold at least the naive one.

    Raises:
        subprocess.CalledProcessError: an engine that could be loaded failed.
    """
    moteurs = [m for m in MOTEURS if m.nom in noms]
    mesures: dict[tuple[str, int], list[dict[str, Any]]] = {}
    absents: dict[str, str] = {}
    for tour in range(tours):
        for taille in tailles:
            for moteur in (m for m in moteurs if m.nom not in absents):
                dire(f"tour {tour + 1}/{tours} : {moteur.nom}, {taille} stagiaires")
                mesure = _mesurer(moteur, taille, tour)
                if mesure["absent"]:
                    absents[moteur.nom] = mesure["absent"]
                else:
                    mesures.setdefault((moteur.nom, taille), []).append(mesure)
    return _lignes(moteurs, tailles, mesures), absents


def _mesurer(moteur: Moteur, taille: int, tour: int) -> dict[str, Any]:
    nombre = taille
    if moteur.echantillon and taille >= GRAND:
        nombre = min(taille, moteur.echantillon)
    return demander("bench.mesure", moteur.module, str(nombre), str(2 * tour))


def _lignes(
    moteurs: Sequence[Moteur], tailles: Sequence[int], mesures: dict[tuple[str, int], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    lignes = []
    for taille in tailles:
        naif = _debit(mesures[NAIF, taille], "secondes")
        for moteur in moteurs:
            if faites := mesures.get((moteur.nom, taille)):
                debit = _debit(faites, "secondes")
                ligne = Ligne(
                    moteur=moteur.nom,
                    stagiaires=taille,
                    pdf_par_seconde=round(debit, 1),
                    ratio_naif=round(debit / naif, 1),
                    octets_par_pdf=round(median(m["octets"] / m["nombre"] for m in faites)),
                    memoire_mo=round(median(m["memoire_mo"] for m in faites)),
                    mesures=faites[0]["nombre"],
                    pdf_par_seconde_cpu=round(_debit(faites, "secondes_cpu"), 1),
                    en_lot=moteur.en_lot,
                )
                lignes.append(asdict(ligne))
    return lignes


def _debit(mesures: Sequence[dict[str, Any]], temps: str) -> float:
    """Certificates a second, in the middle of the rounds."""
    return median(float(m["nombre"] / m[temps]) for m in mesures)
