"""Reading the dates that people type (R19)."""

import re
from datetime import date

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie

ANNEE_MIN, ANNEE_MAX = 1900, 2100

# The numeric keyboard of some telephones has no slash, of others nothing but digits.
_SEPAREE = re.compile(r"([0-9]{1,2})([/. \u00a0\u202f-])([0-9]{1,2})\2([0-9]{4})")
_COLLEE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_ANNEE_COURTE = re.compile(r"[0-9]{1,2}([/. \u00a0\u202f-])[0-9]{1,2}\1[0-9]{1,3}|[0-9]{6}")


def lire_date(texte: str, champ: str = "date") -> date:
    """R19: read `jj/mm/aaaa`, with `.`, `-`, a space or nothing for the slashes, or `aaaa-mm-jj`.

    ASCII digits; where a separator stands between them, day and month may have one.

    Raises SaisieInvalide on `champ` when it is empty, malformed, not in the calendar, or outside 1900–2100; a
    year of two digits is asked for again.
    """
    texte = texte.strip()
    if not texte:
        raise SaisieInvalide({champ: [saisie.DATE_VIDE]})
    try:
        lue = date(*_annee_mois_jour(texte, champ))
    except ValueError:
        raise SaisieInvalide({champ: [saisie.date_inexistante(texte)]}) from None
    if not ANNEE_MIN <= lue.year <= ANNEE_MAX:
        raise SaisieInvalide({champ: [saisie.date_hors_bornes(ANNEE_MIN, ANNEE_MAX)]})
    return lue


def _annee_mois_jour(texte: str, champ: str) -> tuple[int, int, int]:
    if trouve := _SEPAREE.fullmatch(texte):
        jour, _, mois, annee = trouve.groups()
    elif trouve := _COLLEE.fullmatch(texte):
        jour, mois, annee = trouve.groups()
    elif trouve := _ISO.fullmatch(texte):
        annee, mois, jour = trouve.groups()
    elif _ANNEE_COURTE.fullmatch(texte):
        raise SaisieInvalide({champ: [saisie.DATE_ANNEE_COURTE]})
    else:
        raise SaisieInvalide({champ: [saisie.DATE_FORMAT]})
    return int(annee), int(mois), int(jour)


def lire_date_facultative(texte: str, champ: str = "date") -> date | None:
    """As `lire_date`, but nothing typed is no date."""
    return lire_date(texte, champ) if texte.strip() else None
