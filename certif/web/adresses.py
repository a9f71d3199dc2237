"""Addresses of rows, built once for many; and of a place in a list: `3`, or `3-apres-812` beside a row."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import url_for

from certif.socle.base.pagination import PREMIERE, Place
from certif.web.entiers import ENTIER_MAX, lire_entier

_PLACE = re.compile(r"([0-9]{1,9})(?:-(apres|avant)-([0-9A-Za-z]{1,24}))?")


def adresses(endpoint: str, nom: str, **parties: Any) -> Callable[[int | str], str]:
    """What gives the address of this view for each row, named by its part `nom`; the others are these."""
    # No row has the last number of all.
    parties[nom] = ENTIER_MAX
    avant, _, apres = url_for(endpoint, **parties).rpartition(str(ENTIER_MAX))
    return lambda identifiant: f"{avant}{quote(str(identifiant), safe='')}{apres}"


def lire_place(texte: str) -> Place:
    """The place that an address or a button names; the first page for anything else."""
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
    """A place as they write it; "" for the first page, which goes without saying."""
    if place == PREMIERE:
        return ""
    if place.apres is not None:
        return f"{place.page}-apres-{place.apres}"
    return f"{place.page}-avant-{place.avant}" if place.avant is not None else str(place.page)
