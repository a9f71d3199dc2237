"""Whether two identities may be one person entered twice: a warning before creating, never a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

SEUIL = 0.8
"""Share of the letters, in the same order, that two names must have in common to look alike."""


@dataclass(frozen=True, slots=True)
class Cles:
    """An identity as it is compared: R4's keys, and the birth date where it is known."""

    nom: str
    prenom: str
    naissance: date | None


def ressemblent(a: Cles, b: Cles) -> bool:
    """The same names, in this order or the other, whatever the dates; or the same birth date and names that
    differ by a letter or so, that one of the two shortens, or that were swapped.
    """
    if (a.nom, a.prenom) in ((b.nom, b.prenom), (b.prenom, b.nom)):
        return True
    if a.naissance is None or a.naissance != b.naissance:
        return False
    return _proches(a.nom, a.prenom, b.nom, b.prenom) or _proches(a.nom, a.prenom, b.prenom, b.nom)


def _proches(nom: str, prenom: str, autre_nom: str, autre_prenom: str) -> bool:
    return _voisins(nom, autre_nom) and _voisins(prenom, autre_prenom)


def _voisins(a: str, b: str) -> bool:
    if a.startswith(b) or b.startswith(a):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SEUIL
