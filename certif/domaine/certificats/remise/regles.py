"""R9: whether a hand-over code still opens anything. Pure."""

from datetime import date, datetime

from certif.domaine.sessions.regles import delais

ESSAIS_MAX = 10
"""Wrong birth dates in all; then the code rests until the entité makes another one."""


def remettable(*, arrete: bool, retire: bool, genere_le: date, maintenant: datetime) -> bool:
    """Whether its file can be had through it: not stopped, not cancelled, before G + 16.

    `genere_le` is G, a Paris date; `maintenant` is aware.
    """
    return not arrete and not retire and delais.telechargeable(genere_le, maintenant)


def repose(essais: int) -> bool:
    """Whether it has been tried too often."""
    return essais >= ESSAIS_MAX
