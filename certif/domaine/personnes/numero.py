"""A N° Forprev as somebody types it."""

import re

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie

_NUMERO = re.compile(r"[A-Z]{3}[0-9]{5}")


def lire_numero_forprev(texte: str, champ: str = "numero") -> str:
    """R4: a N° Forprev, trimmed and upper-cased: three ASCII letters, five ASCII digits.

    Raises:
        SaisieInvalide: any other shape, on `champ`.
    """
    texte = texte.strip()
    # Upper-casing first would turn ſ into S and ı into I.
    if texte.isascii() and _NUMERO.fullmatch(texte.upper()):
        return texte.upper()
    raise SaisieInvalide({champ: [saisie.NUMERO_FORPREV]})
