"""When the digest of the day is due, and which kinds of reminders concern whom."""

from collections.abc import Iterable
from datetime import date, datetime, time

from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.modeles import SorteDeRappel

HEURE = time(7, 30)
"""In Paris: clocks change there at 2 or 3 in the morning, so it exists once a day."""


def jour_a_recapituler(instant: datetime) -> date | None:
    """The day whose digest is due at this instant of Paris: from 7:30 until midnight; None before."""
    return instant.date() if instant.time() >= HEURE else None


_DE_L_ENTITE = {SorteDeRappel.TELECHARGEMENTS, SorteDeRappel.EFFACEMENTS, SorteDeRappel.MODELES}
_PAR_ROLE = {
    TypeRole.GESTIONNAIRE: {*_DE_L_ENTITE, SorteDeRappel.DROITS},
    TypeRole.DELEGATAIRE: _DE_L_ENTITE,
    TypeRole.FORMATEUR: {SorteDeRappel.RESULTATS, SorteDeRappel.DROITS},
}


def sortes_offertes(roles: Iterable[TypeRole]) -> list[SorteDeRappel]:
    """What somebody with these roles may be reminded of, in the order of the list."""
    concernent = {sorte for role in roles for sorte in _PAR_ROLE.get(role, ())}
    return [sorte for sorte in SorteDeRappel if sorte in concernent]
