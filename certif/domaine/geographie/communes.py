"""R13: places in France, from the official postcodes (see `donnees/SOURCES.md`)."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import geographie

COMMUNES = Path(__file__).parent / "donnees" / "communes.json"
VILLE_MAX = 80
_CODE_POSTAL = re.compile(r"[0-9]{5}")
_CEDEX = re.compile(r"[A-Z][A-Z0-9 ]* CEDEX( [0-9]{1,2})?")
_ABREGES = {"ST": "SAINT", "STE": "SAINTE"}


@dataclass(frozen=True, slots=True)
class Lieu:
    """A postcode and a town in postal style."""

    code_postal: str
    ville: str

    @property
    def libelle(self) -> str:
        """`26800 ETOILE SUR RHONE`."""
        return f"{self.code_postal} {self.ville}"


def forme_postale(ville: str) -> str:
    """Capitals without accents, hyphens or apostrophes: "Étoile-sur-Rhône" gives `ETOILE SUR RHONE`."""
    developpe = ville.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    decompose = unicodedata.normalize("NFKD", developpe).upper()
    sans_marques = "".join(c for c in decompose if not unicodedata.category(c).startswith("M"))
    return " ".join(re.findall(r"[A-Z0-9]+", sans_marques))


def lire_code_postal(texte: str, champ: str = "code_postal") -> str:
    """Five ASCII digits, kept as text.

    Raises:
        SaisieInvalide: anything else, on `champ`.
    """
    texte = texte.strip()
    if not _CODE_POSTAL.fullmatch(texte):
        raise SaisieInvalide({champ: [geographie.CODE_POSTAL]})
    return texte


def villes(code_postal: str) -> list[str]:
    """The towns of this postcode, in order; none when unknown or malformed. Arrondissements are not towns."""
    return list(_communes().get(code_postal.strip(), ()))


def verifier_lieu_france(code_postal: str, ville: str) -> tuple[Lieu, str | None]:
    """R13: the place, in postal style, and a warning when the postcode is only accepted as a CEDEX.

    Raises:
        SaisieInvalide: on `code_postal` or `ville`.
    """
    code = lire_code_postal(code_postal)
    saisie_ville = forme_postale(ville[: 4 * VILLE_MAX])
    if not saisie_ville:
        raise SaisieInvalide({"ville": [geographie.VILLE_MANQUANTE]})
    proposees = villes(code)
    if proposees:
        for proposee in proposees:
            if _comparable(proposee) == _comparable(saisie_ville):
                return Lieu(code, proposee), None
        raise SaisieInvalide({"ville": [geographie.VILLE_HORS_CODE_POSTAL]})
    if not _CEDEX.fullmatch(saisie_ville):
        raise SaisieInvalide({"code_postal": [geographie.CODE_POSTAL_INCONNU]})
    if len(saisie_ville) > VILLE_MAX:
        raise SaisieInvalide({"ville": [geographie.VILLE_ILLISIBLE]})
    return Lieu(code, saisie_ville), geographie.cedex(code)


def _comparable(ville: str) -> list[str]:
    return [_ABREGES.get(mot, mot) for mot in ville.split()]


@cache
def _communes() -> dict[str, list[str]]:
    lues: dict[str, list[str]] = json.loads(COMMUNES.read_text(encoding="ascii"))
    return lues
