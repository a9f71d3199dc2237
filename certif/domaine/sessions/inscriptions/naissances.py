"""Birth dates as lists write them: R19, the serial number of a spreadsheet, months in letters."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from certif.domaine.dates import lire_date
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.noms import cle

_ORIGINE = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_DE_1899_A_1904 = 1_462
_SERIE = re.compile(r"[0-9]{5}")
_COURTE = re.compile(r"(?P<jour>[0-9]{1,2})([/. -])(?P<mois>[0-9]{1,2})\2(?P<annee>[0-9]{2})")
_COURTE_COLLEE = re.compile(r"(?P<jour>[0-9]{2})(?P<mois>[0-9]{2})(?P<annee>[0-9]{2})")
_EN_LETTRES = re.compile(
    r"([0-9]{1,2})(?:er)?[ .-]+([^\W\d_]{3,9})\.?[ .-]+([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_AVANT = re.compile(
    r"^(?:n[ée](?:\(e\)|e|·e|\.e)?\s+)?(?:le\s+)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?",
    re.IGNORECASE,
)
_HEURE = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_MOIS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet"),
    *("aout", "septembre", "octobre", "novembre", "decembre"),
)
_DANS_UN_TEXTE = re.compile(
    r"(?:[,;:(\s]*\bn[ée](?:\(e\)|e|·e|\.e)?\s+le\s+|[,;:(\s]*\ble\s+|[,;:(\s]+|^)"
    r"([0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?(?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"|[0-9]{1,2} [0-9]{1,2} [0-9]{4}|[0-9]{8}|[0-9]{1,2}(?:er)?\s+[^\W\d_]{3,9}\.?\s+[0-9]{4})"
    r"(?:\s*(?:à|a)\s+[^\d]*|\s*\([^()]*\)|[\s,;.)]*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Naissance:
    """A birth date that was read; `courte`: its century is a guess that somebody has to confirm."""

    jour: date
    courte: bool = False


def lire_naissance(texte: str, aujourd_hui: date) -> Naissance | None:
    """What a cell says; None when it is blank.

    A year of two digits is of the last hundred years, and is to be confirmed.

    Raises:
        SaisieInvalide: on `date_naissance`: not a date, or none of the calendar.
    """
    texte = sans_mots(texte)
    if not texte:
        return None
    if _SERIE.fullmatch(texte):
        return Naissance(_ORIGINE + timedelta(days=int(texte)))
    if trouve := _EN_LETTRES.fullmatch(texte):
        jour, mois, annee = trouve.groups()
        texte = f"{jour}/{_mois(mois)}/{annee}" if _mois(mois) else texte
    if not (trouve := _COURTE.fullmatch(texte) or _COURTE_COLLEE.fullmatch(texte)):
        return Naissance(lire_date(texte.replace(" / ", "/"), "date_naissance"))
    annee = int(trouve["annee"]) + aujourd_hui.year // 100 * 100
    entiere = annee if annee < aujourd_hui.year else annee - 100
    return Naissance(lire_date(f"{trouve['jour']}/{trouve['mois']}/{entiere}", "date_naissance"), courte=True)


def depuis_1904(texte: str) -> str:
    """A day's number counted from 1904, as one counted from 1899; anything else as it is."""
    return str(int(texte) + _DE_1899_A_1904) if _SERIE.fullmatch(texte) else texte


def sans_mots(texte: str) -> str:
    """« née le mercredi 14/02/1990 » without what stands before the date, and without an hour of midnight."""
    return _HEURE.sub("", _AVANT.sub("", " ".join(texte.split()), count=1)).strip(" .,;")


def est_une_date(texte: str, aujourd_hui: date) -> bool:
    """Whether a cell holds what can only be a date: five digits may be a postcode as well."""
    try:
        return not _SERIE.fullmatch(texte) and lire_naissance(texte, aujourd_hui) is not None
    except SaisieInvalide:
        return False


def detacher(texte: str) -> tuple[str, str]:
    """« DUPONT Marie, née le 14/02/1990 à Lyon » in two: who, and the date as written, "" without one."""
    trouve = _DANS_UN_TEXTE.search(texte)
    if trouve is None:
        return texte, ""
    return texte[: trouve.start()].rstrip(" ,;:(-–"), trouve[1].replace(" /", "/").replace("/ ", "/")


def _mois(texte: str) -> int:
    """Its number, 0 for what is none; a month in letters may be cut short, as spreadsheets do."""
    lus = [rang for rang, mois in enumerate(_MOIS, start=1) if mois.startswith(cle(texte))]
    return lus[0] if len(lus) == 1 else 0
