"""What is asked of a person's N°, birth and roles, and whether two identities may be one: pure."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.libelles.personnes import NAISSANCE_A_VENIR, NAISSANCE_AVANT_1900

NAISSANCE_MIN = date(1900, 1, 1)
SEUIL = 0.8
"""Share of the letters, in the same order, that two names must have in common to look alike."""
_NUMERO = re.compile(r"[A-Z]{3}[0-9]{5}")


def verifier_naissance(naissance: date | None, aujourd_hui: date) -> None:
    """`01/01/1900 ≤ birth < today`; None is not known yet.

    Raises:
        SaisieInvalide: on `date_naissance`.
    """
    if naissance is None:
        return
    if naissance < NAISSANCE_MIN:
        raise SaisieInvalide({"date_naissance": [NAISSANCE_AVANT_1900]})
    if naissance >= aujourd_hui:
        raise SaisieInvalide({"date_naissance": [NAISSANCE_A_VENIR]})


def role_actif(actif: bool, fin: date | None, jour: date) -> bool:
    """R17: whether a person or a role still counts on this day; its end date is its last day."""
    return actif and (fin is None or jour <= fin)


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


def lire_numero_forprev(texte: str, champ: str = "numero") -> str:
    """R4: a N° Forprev, trimmed and upper-cased: three ASCII letters, five ASCII digits.

    Raises:
        SaisieInvalide: any other shape, on `champ`.
    """
    texte = texte.strip()
    # Upper-casing first would turn ſ into S and ı into I.
    if texte.isascii() and _NUMERO.fullmatch(texte.upper()):
        return texte.upper()
    raise SaisieInvalide({champ: [saisie.NUMERO_FORPREV]})
