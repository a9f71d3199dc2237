"""Integers in addresses and forms, a session's version among them: ASCII digits that PostgreSQL can hold."""

from typing import Any

from flask import request
from werkzeug.routing import IntegerConverter

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.saisie import PAGE_INCOMPLETE

ENTIER_MAX = 2**31 - 1
_LONGUEUR_MAX = 9


def lire_entier(texte: str) -> int | None:
    """The integer of a posted field, written as in an address; None for anything else."""
    ecrit = texte.isascii() and texte.isdigit() and len(texte) <= 10
    return int(texte) if ecrit and int(texte) <= ENTIER_MAX else None


class Entier(IntegerConverter):
    """`<int:…>`: 0 to 2³¹ − 1, written with at most ten ASCII digits."""

    regex = "[0-9]{1,10}"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("max", ENTIER_MAX)
        super().__init__(*arguments, **options)


def version_postee() -> int:
    """The version that the page showed.

    Raises:
        SaisieInvalide: the field is missing or no number: nobody's page posts that.
    """
    texte = request.form.get("version", "")
    if not (texte.isascii() and texte.isdigit() and len(texte) <= _LONGUEUR_MAX):
        raise SaisieInvalide({"version": [PAGE_INCOMPLETE]})
    return int(texte)
