"""When somebody may be born: pure."""

from datetime import date

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.personnes import NAISSANCE_A_VENIR, NAISSANCE_AVANT_1900

NAISSANCE_MIN = date(1900, 1, 1)


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
