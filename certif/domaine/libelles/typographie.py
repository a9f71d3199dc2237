"""French typography for texts typed plainly in the code."""

import re
from collections.abc import Sequence

_AVANT_PONCTUATION = re.compile(r" (?=[:;!?»])")
_APRES_GUILLEMET = re.compile(r"(?<=«) ")
_NUMERO = re.compile(r"(?<=[nN]°) (?=[\dF])")
_MILLIERS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


NOMMES_MAX = 20


def francais(texte: str) -> str:
    """The same words with curly apostrophes and no-break spaces where French needs them.

    Only spaces that were typed are changed: none is added, so `14:02` and `http://` are safe.
    """
    texte = texte.replace("'", "’")
    for motif in (_AVANT_PONCTUATION, _APRES_GUILLEMET, _NUMERO, _MILLIERS):
        texte = motif.sub("\u00a0", texte)
    return texte


def phrase(modele: str, **valeurs: object) -> str:
    """A sentence around values, such as names, which stay exactly as they are.

    `{fin:%d/%m/%Y}` shows a date.
    """
    return francais(modele).format(**valeurs)


def chiffres(nombre: int) -> str:
    """`1 234`, its thousands apart."""
    return f"{nombre:,}".replace(",", "\u00a0")


def pluriel(nombre: int, singulier: str, au_pluriel: str) -> str:
    """`1 candidat a`, `3 candidats ont`: in French zero is singular."""
    return f"{nombre}\u00a0{au_pluriel if abs(nombre) >= 2 else singulier}"


def enumeration(noms: Sequence[str], maximum: int = NOMMES_MAX) -> str:
    """`DUPONT Marie, LEROY Paul et ROUX Luc`, every one named; beyond `maximum`, "et 3 autres"."""
    if len(noms) > maximum + 1:  # "et 1 autre" would be longer than the name
        reste = f"{len(noms) - maximum}\u00a0autres"
        return f"{', '.join(noms[:maximum])} et {reste}"
    return " et ".join(filter(None, (", ".join(noms[:-1]), *noms[-1:])))
