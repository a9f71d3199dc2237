"""Addresses of many rows, alike but for what names the row: built once, then filled."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import url_for

from certif.web.entiers import ENTIER_MAX


def adresses(endpoint: str, nom: str, **parties: Any) -> Callable[[int | str], str]:
    """What gives the address of this view for each row, named by its part `nom`; the others are these."""
    # No row has the last number of all.
    parties[nom] = ENTIER_MAX
    avant, _, apres = url_for(endpoint, **parties).rpartition(str(ENTIER_MAX))
    return lambda identifiant: f"{avant}{quote(str(identifiant), safe='')}{apres}"
