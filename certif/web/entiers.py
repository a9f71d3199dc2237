"""Integers in addresses and forms: ASCII digits that PostgreSQL can hold, or nothing that exists."""

from typing import Any

from werkzeug.routing import IntegerConverter

ENTIER_MAX = 2**31 - 1


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
