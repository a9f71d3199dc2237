"""When the end of an habilitation or a qualification is warned of: ninety, sixty, thirty days before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SEUILS = (90, 60, 30)


@dataclass(frozen=True, slots=True)
class Periode:
    """A right of somebody for one niveau, from `debut` to `fin`, both included."""

    id: int
    debut: date
    fin: date


def jours_restants(fin: date, jour: date) -> int:
    """Days left after today: 0 on the last day, negative once it is over."""
    return (fin - jour).days


def seuil(fin: date, jour: date) -> int | None:
    """The nearest threshold that is reached; None more than ninety days before the end, and after it."""
    reste = jours_restants(fin, jour)
    return min((s for s in SEUILS if reste <= s), default=None) if reste >= 0 else None


def relais(periode: Periode, du_meme_niveau: Iterable[Periode]) -> Periode | None:
    """The right that goes on after this one, without a day in between; of several, the one that ends last.

    One that was withdrawn before it began goes on from nothing. Of two that end together, the later row
    goes on: one of them still warns.
    """
    suites = [
        autre
        for autre in du_meme_niveau
        if (autre.fin, autre.id) > (periode.fin, periode.id)
        and autre.debut <= autre.fin
        and autre.debut <= periode.fin + timedelta(days=1)
    ]
    return max(suites, key=lambda autre: autre.fin, default=None)
