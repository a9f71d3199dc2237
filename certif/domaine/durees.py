"""Times as people say them: « 15 jours », « 5 ans »."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from certif.domaine.libelles.typographie import pluriel


class Unite(Enum):
    """What a time is counted in: its singular and its plural."""

    MINUTE = ("minute", "minutes")
    HEURE = ("heure", "heures")
    JOUR = ("jour", "jours")
    MOIS = ("mois", "mois")
    AN = ("an", "ans")


_SECONDES = {Unite.MINUTE: 60, Unite.HEURE: 3600, Unite.JOUR: 24 * 3600}
_MOIS = {Unite.MOIS: 1, Unite.AN: 12}


@dataclass(frozen=True, slots=True)
class Duree:
    """So many of a unit. `delta` is of minutes, hours and days only, `mois` of months and years only."""

    nombre: int
    unite: Unite

    @property
    def delta(self) -> timedelta:
        """What is added to an instant."""
        return timedelta(seconds=self.nombre * _SECONDES[self.unite])

    @property
    def mois(self) -> int:
        """What `temps.ajouter_mois` takes."""
        return self.nombre * _MOIS[self.unite]

    def __str__(self) -> str:
        return pluriel(self.nombre, *self.unite.value)


def minutes(nombre: int) -> Duree:
    """So many minutes."""
    return Duree(nombre, Unite.MINUTE)


def heures(nombre: int) -> Duree:
    """So many hours."""
    return Duree(nombre, Unite.HEURE)


def jours(nombre: int) -> Duree:
    """So many days."""
    return Duree(nombre, Unite.JOUR)


def mois(nombre: int) -> Duree:
    """So many months."""
    return Duree(nombre, Unite.MOIS)


def ans(nombre: int) -> Duree:
    """So many years."""
    return Duree(nombre, Unite.AN)
