"""A calendar file (RFC 5545): days to remember, the same bytes each time it is made."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

TYPE_MIME = "text/calendar"
RAPPELS = (timedelta(days=90), timedelta(days=30))
"""Before the day."""
LIGNE_MAX = 75
"""Octets of a line, its end left out; a longer one goes on after a space."""

_COMMANDES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Jour:
    """One day: `cle` makes it unique in the world and the same from one file to the next; `ecrit_le` is when
    what it says was decided."""

    cle: str
    jour: date
    titre: str
    texte: str
    ecrit_le: date


def rendre_calendrier(jours: Iterable[Jour]) -> bytes:
    """The file, in UTF-8."""
    lignes = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Certif//Certif//FR", "CALSCALE:GREGORIAN"]
    for jour in jours:
        lignes += _evenement(jour)
    return b"".join(_plier(ligne) for ligne in [*lignes, "END:VCALENDAR"])


def _evenement(jour: Jour) -> list[str]:
    titre = _echapper(jour.titre)
    return [
        "BEGIN:VEVENT",
        f"UID:{_echapper(jour.cle)}",
        f"DTSTAMP:{jour.ecrit_le:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{jour.jour:%Y%m%d}",
        f"DTEND;VALUE=DATE:{jour.jour + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{titre}",
        f"DESCRIPTION:{_echapper(jour.texte)}",
        "TRANSP:TRANSPARENT",
        *(ligne for avance in RAPPELS for ligne in _alarme(titre, avance)),
        "END:VEVENT",
    ]


def _alarme(titre: str, avance: timedelta) -> list[str]:
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{titre}",
        f"TRIGGER:-P{avance.days}D",
        "END:VALARM",
    ]


def _echapper(texte: str) -> str:
    """A text as a value: nothing in it begins a line, nor a property."""
    propre = _COMMANDES.sub(" ", texte.replace("\r\n", "\n").replace("\r", "\n"))
    for signe in "\\;,":
        propre = propre.replace(signe, f"\\{signe}")
    return propre.replace("\n", "\\n")


def _plier(ligne: str) -> bytes:
    """The line and its end, cut where it is too long, never within a character."""
    morceaux, courant, place = [], b"", LIGNE_MAX
    for caractere in ligne:
        octets = caractere.encode()
        if len(courant) + len(octets) > place:
            morceaux.append(courant)
            courant, place = b"", LIGNE_MAX - 1
        courant += octets
    return b"\r\n ".join([*morceaux, courant]) + b"\r\n"
