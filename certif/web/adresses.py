"""Integers in addresses: ASCII digits that PostgreSQL can hold, or the page does not exist."""

from typing import Any

from werkzeug.routing import IntegerConverter

ENTIER_MAX = 2**31 - 1


class Entier(IntegerConverter):
    """`<int:…>`: 0 to 2³¹ − 1, written with at most ten ASCII digits."""

    regex = "[0-9]{1,10}"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("max", ENTIER_MAX)
        super().__init__(*arguments, **options)
