"""When the digest of the day is due."""

from datetime import date, datetime, time

HEURE = time(7, 30)
"""In Paris: clocks change there at 2 or 3 in the morning, so it exists once a day."""


def jour_a_recapituler(instant: datetime) -> date | None:
    """The day whose digest is due at this instant of Paris: from 7:30 until midnight; None before."""
    return instant.date() if instant.time() >= HEURE else None
