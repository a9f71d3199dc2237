"""R13: places abroad, an ISO 3166 country and a town (see `donnees/SOURCES.md`)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from certif.domaine.caracteres import imprimable
from certif.domaine.erreurs import Fautes
from certif.domaine.libelles import geographie
from certif.domaine.noms import cle, normaliser

PAYS = Path(__file__).parent / "donnees" / "pays.json"
VILLE_MAX = 80


@dataclass(frozen=True, slots=True)
class LieuEtranger:
    """A town and the ISO code of its country."""

    pays: str
    ville: str

    @property
    def libelle(self) -> str:
        """`Liège, Belgique`."""
        return f"{self.ville}, {nom_pays(self.pays)}"


@cache
def _pays() -> dict[str, str]:
    lus: dict[str, str] = json.loads(PAYS.read_text(encoding="utf-8"))
    return lus


@cache
def liste_pays() -> tuple[tuple[str, str], ...]:
    """ISO code and French name, by name whatever its accents; France and its overseas lands are left out."""
    return tuple(sorted(_pays().items(), key=lambda pays: cle(pays[1])))


def nom_pays(code: str) -> str:
    """The French name of an ISO code; the code itself when the list does not have it any more."""
    return _pays().get(code, code)


def verifier_lieu_etranger(pays: str, ville: str) -> LieuEtranger:
    """R13: a country of the list and a town of 1–80 characters that can be printed.

    Raises:
        SaisieInvalide: on `pays` or `ville`, both at once.
    """
    fautes = Fautes()
    code, lue = pays.strip().upper(), normaliser(ville)
    if code not in _pays():
        fautes.noter("pays", geographie.PAYS_INCONNU if code else geographie.PAYS_MANQUANT)
    if not lue:
        fautes.noter("ville", geographie.VILLE_MANQUANTE)
    elif len(ville) > 4 * VILLE_MAX or len(lue) > VILLE_MAX or not _lisible(lue):
        fautes.noter("ville", geographie.VILLE_ILLISIBLE)
    fautes.lever()
    return LieuEtranger(code, lue)


def _lisible(ville: str) -> bool:
    """As names, plus the digits of a district."""
    return any(c.isalpha() for c in ville) and all(imprimable(c) or c in "0123456789" for c in ville)
