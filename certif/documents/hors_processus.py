"""A document made in a process of its own: who shows one stays light.

The module that makes the document is run with its data on standard input, as JSON; it writes the PDF, or a
sentence with code 2.
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from certif.documents.erreurs import RenduImpossible
from certif.socle import a_part
from certif.socle.a_part import Occupe

REFUS = 2
_OCCUPE = "Ce document n’est pas disponible pour le moment\u00a0: réessayez dans un instant."


class DocumentIndisponible(Exception):
    """No document; `message` is a French sentence for the page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DocumentRefuse(DocumentIndisponible):
    """It will never be made of these data."""


def executer(module: str, donnees: Mapping[str, Any]) -> bytes:
    """The PDF that this module makes of these data.

    Raises:
        DocumentRefuse: it cannot be laid out.
        DocumentIndisponible: not now.
    """
    try:
        code, ecrit = a_part.executer(module, json.dumps(donnees).encode())
    except (Occupe, OSError) as erreur:  # TimeoutError is one
        raise DocumentIndisponible(_OCCUPE) from erreur
    if code == REFUS:
        raise DocumentRefuse(ecrit.decode())
    if code != 0:
        raise DocumentIndisponible(_OCCUPE)
    return ecrit


def repondre(fabriquer: Callable[[Any], bytes]) -> int:
    """In that process: read the data, write what `fabriquer` makes of them; the code to exit with."""
    try:
        pdf = fabriquer(json.load(sys.stdin.buffer))
    except RenduImpossible as refus:
        sys.stdout.buffer.write(refus.message.encode())
        return REFUS
    sys.stdout.buffer.write(pdf)
    return 0
