"""Civil dates, instants and months, as people here write and say them.

Dates are civil dates in Europe/Paris; instants are always aware.
"""

import calendar
from datetime import date, datetime, timedelta

from certif.socle.horloge import PARIS

PROCHE = timedelta(days=7)
JOURS_COMPTES = 90
"""From how many days on what remains is said by its month."""
NBSP = "\u00a0"
_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def format_date(jour: date) -> str:
    """`10/06/2026`."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def format_date_courte(jour: date) -> str:
    """`12/04`, where the year goes without saying."""
    return f"{jour.day:02d}/{jour.month:02d}"


def format_heure(instant: datetime) -> str:
    """`14 h 02`, in Paris, with no-break spaces."""
    local = _a_paris(instant)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def format_date_heure(instant: datetime) -> str:
    """`11/04/2026 à 18 h 12`, in Paris."""
    return f"{format_date(date_de(instant))} à {format_heure(instant)}"


def format_mois(jour: date) -> str:
    """`novembre 2026`."""
    return f"{_MOIS[jour.month - 1]} {jour.year}"


def proche(jour: date, aujourd_hui: date) -> str:
    """What is said beside a date up to seven days away: "hier", "dans 3 jours"; "" beyond."""
    ecart = (jour - aujourd_hui).days
    match ecart:
        case 0:
            return "aujourd’hui"
        case 1:
            return "demain"
        case -1:
            return "hier"
    if abs(jour - aujourd_hui) > PROCHE:
        return ""
    return f"dans {ecart}{NBSP}jours" if ecart > 0 else f"il y a {-ecart}{NBSP}jours"


def depuis(jour: date, aujourd_hui: date) -> str:
    """How long something has lasted: "depuis aujourd’hui", "depuis hier", "depuis 3 jours"."""
    jours = (aujourd_hui - jour).days
    if jours <= 0:
        return "depuis aujourd’hui"
    return "depuis hier" if jours == 1 else f"depuis {jours}{NBSP}jours"


def jusqu_a(fin: date, aujourd_hui: date) -> str:
    """How long what ends goes on: "dernier jour aujourd’hui", "encore 89 jours", "jusqu’en novembre 2028".

    `fin` is its last day, today or later; days are counted under ninety.
    """
    jours = (fin - aujourd_hui).days
    if jours >= JOURS_COMPTES:
        return f"jusqu’en {format_mois(fin)}"
    if jours == 0:
        return "dernier jour aujourd’hui"
    return f"encore {jours}{NBSP}{'jours' if jours > 1 else 'jour'}"


def ajouter_mois(jour: date, mois: int) -> date:
    """The same day of the month `mois` months later (earlier when negative), else that month's last day."""
    annee, index = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    return date(annee, index + 1, min(jour.day, calendar.monthrange(annee, index + 1)[1]))


def dernier_jour(fin: date, retrait_le: date | None) -> date:
    """The last day of a right that runs until `fin`: the eve of its withdrawal when that comes first."""
    return fin if retrait_le is None else min(fin, retrait_le - timedelta(days=1))


def debut_du_jour(jour: date) -> datetime:
    """Midnight in Paris: clocks change there at 2 or 3 in the morning, so it exists and is one instant."""
    return datetime(jour.year, jour.month, jour.day, tzinfo=PARIS)


def date_de(instant: datetime) -> date:
    """The civil date in Paris at this instant."""
    return _a_paris(instant).date()


def _a_paris(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a naive datetime has no instant")
    return instant.astimezone(PARIS)
