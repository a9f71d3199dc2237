"""What a model may be called, and when it may be recalled."""

from datetime import date

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.sessions import modeles as textes

NOM_MAX = 80


def nom_propose(reference: str | None, certificat: str, ville: str | None) -> str:
    """The name to begin with: the client's reference, else what is certified; then the town."""
    return " – ".join(filter(None, (reference or certificat, ville)))[:NOM_MAX].strip()


def verifier_rappel(rappel: date | None, aujourd_hui: date, avant: date | None = None) -> None:
    """A day to come, or none; the day that it already was (`avant`) may be past.

    Raises:
        SaisieInvalide: on `rappele_le`.
    """
    if rappel is not None and rappel <= aujourd_hui and rappel != avant:
        raise SaisieInvalide({"rappele_le": [textes.RAPPEL_PASSE]})
