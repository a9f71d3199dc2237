"""Rules that need no database: how long a role lasts, and who must remain (R17)."""

from collections.abc import Iterable
from datetime import date

from certif.domaine.acteur import TypeRole

SANS_FIN = date.max
"""The last day of what has no end."""

JAMAIS = date.min
"""The last day of what is withdrawn: it does not even last today."""

INVITATIONS_PAR_HEURE = 30
"""By one gestionnaire: an address that is typed shows who comes in, and must not serve to try many."""
A_TENIR = (TypeRole.GESTIONNAIRE, TypeRole.ADMINISTRATEUR)
"""The roles that somebody must always hold: without them nobody could give any other."""


def dernier_jour(*fins: date | None) -> date:
    """The last day of a role, given its own end and its account's; None is no end."""
    return min(fin or SANS_FIN for fin in fins)


def maintien_assure(avant: date, apres: date, autres: Iterable[date]) -> bool:
    """Whether a role that nobody may be the last to lose can end on `apres` instead of `avant` (R17).

    It can be prolonged; it can be shortened, or withdrawn (`JAMAIS`), only if somebody else keeps the same
    role at least until `avant`, that day included. So the last day that is covered is never brought forward.
    `autres` are the last days of the others who hold it today.
    """
    return apres >= avant or any(autre >= avant for autre in autres)
