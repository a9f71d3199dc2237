"""The only clock.

Business rules read `maintenant` and `aujourd_hui`, which the demonstration may shift; security (cookies,
throttles, leases) reads `instant_reel`, which nothing shifts.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

AVANCE_MAX = timedelta(seconds=5)
"""How far two clocks may differ; a moment further ahead than that dates from a clock since put back."""

_decalage = timedelta(0)


def regler(decalage: timedelta) -> None:
    """Shift the business clock of this process by a fixed offset from real time."""
    global _decalage
    _decalage = decalage


def instant_reel() -> datetime:
    """Real time, in UTC."""
    return datetime.now(UTC)


def maintenant() -> datetime:
    """Business time, in Europe/Paris."""
    return (instant_reel() + _decalage).astimezone(PARIS)


def aujourd_hui() -> date:
    """Civil date of business time in Europe/Paris."""
    return maintenant().date()
