"""R7, R15: until when a certificate is valid, and what anyone is told of it."""

from datetime import date
from enum import StrEnum

from certif.domaine.temps import ajouter_mois


def fin_validite(date_fin: date, mois: int | None) -> date | None:
    """R7: the last valid day, or None when the certificat never ends."""
    return None if mois is None else ajouter_mois(date_fin, mois)


class Statut(StrEnum):
    """R15: what anyone is told of a certificate."""

    ANNULE = "annule"
    EXPIRE = "expire"
    VALIDE = "valide"


def statut(annule_le: date | None, valable_jusqu_au: date | None, aujourd_hui: date) -> Statut:
    """R15: annulé before expiré before valide; the last valid day is included."""
    if annule_le is not None:
        return Statut.ANNULE
    if valable_jusqu_au is not None and aujourd_hui > valable_jusqu_au:
        return Statut.EXPIRE
    return Statut.VALIDE
