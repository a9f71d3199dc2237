"""A place in a list as addresses and buttons write it: `3`, or `3-apres-812` beside the row of that key."""

import re

from certif.socle.base.pagination import PREMIERE, Place
from certif.web.entiers import lire_entier

_PLACE = re.compile(r"([0-9]{1,9})(?:-(apres|avant)-([0-9A-Za-z]{1,24}))?")


def lire_place(texte: str) -> Place:
    """What was written; the first page for anything else."""
    lu = _PLACE.fullmatch(texte)
    if lu is None:
        return PREMIERE
    page, cote, cle = lu.groups()
    place = Place(max(int(page), 1))
    if not cote:
        return place
    entier = lire_entier(cle)
    return Place(place.page, **{cote: cle if entier is None else entier})


def ecrire_place(place: Place) -> str:
    """The same as text, "" for the first page, which goes without saying."""
    if place == PREMIERE:
        return ""
    if place.apres is not None:
        return f"{place.page}-apres-{place.apres}"
    return f"{place.page}-avant-{place.avant}" if place.avant is not None else str(place.page)
