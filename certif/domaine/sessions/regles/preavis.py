"""When somebody is reminded: of the end of a right, 90, 60 and 30 days before; of results to be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from certif.domaine.sessions.regles import delais

SEUILS = (90, 60, 30)
JOURS_APRES_LA_FIN = (3, 10, 17)
JOURS_AVANT_LA_CLOTURE = 7


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


def jours_de_rappel(date_fin: date) -> list[date]:
    """When a formateur is reminded of results: three, ten, seventeen days after F, a week before R1's end."""
    apres = [date_fin + timedelta(days=jours) for jours in JOURS_APRES_LA_FIN]
    return [*apres, delais.fenetre(date_fin).cloture - timedelta(days=JOURS_AVANT_LA_CLOTURE)]


def rappel_des_resultats(date_fin: date, demandes_le: date, jour: date) -> date | None:
    """The day of the reminder that is due, the last one that has come: the others are past.

    None when they were asked for on that day or since (`demandes_le`), and from the last day of R1 on.
    """
    if jour >= delais.fenetre(date_fin).cloture:
        return None
    dernier = max((quand for quand in jours_de_rappel(date_fin) if quand <= jour), default=None)
    return dernier if dernier is not None and demandes_le < dernier else None
