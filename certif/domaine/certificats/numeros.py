"""R11: certificate numbers. Pure: no database.

Sixteen characters out of 32 (no 0, O, 1, I): 75 random bits, then a check character. The plain form
`ABCDEFGHJKLMNPQR` is stored; people see `ABCD-EFGH-JKLM-NPQR`.

The check makes Σ αⁱ·cᵢ = 0 in GF(32), where α generates the field: since αⁱ never is 0 and αⁱ ≠ αʲ for two
places of a number, any one wrong character and any two exchanged ones are detected. Modulo 32 could not.
"""

import re
import secrets

from certif.domaine.erreurs import ErreurMetier

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGUEUR = 16
_POLYNOME = 0b100101  # x⁵ + x² + 1, primitive
_VALEURS = {caractere: valeur for valeur, caractere in enumerate(ALPHABET)}
# Spaces and hyphens of every kind that a keyboard, a word processor or a PDF may put between the groups.
_SEPARATEURS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\u200b]+")


class NumeroMalSaisi(ErreurMetier):
    """What was typed is no number of ours."""

    def __init__(self) -> None:
        super().__init__("Ce numéro comporte une erreur de saisie.")


def nouveau() -> str:
    """A new number in its plain form, from the system's secure source."""
    corps = "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR - 1))
    return corps + _cle(corps)


def lire(texte: str) -> str:
    """The plain form of a number typed in any case, with spaces or hyphens. Raises NumeroMalSaisi."""
    net = _SEPARATEURS.sub("", texte)
    if not net.isascii():  # before upper(): "ſ" would become S
        raise NumeroMalSaisi
    net = net.upper()
    if len(net) != LONGUEUR or any(c not in _VALEURS for c in net) or _cle(net[:-1]) != net[-1]:
        raise NumeroMalSaisi
    return net


def presenter(numero: str) -> str:
    """The number in groups of four, for people."""
    return "-".join(numero[i : i + 4] for i in range(0, len(numero), 4))


def _par_alpha(valeur: int) -> int:
    """α times a value of GF(32)."""
    valeur <<= 1
    return valeur ^ _POLYNOME if valeur & 0b100000 else valeur


def _cle(corps: str) -> str:
    """The check character: its weight is 1, that of the character before it α, and so on (Horner)."""
    somme = 0
    for caractere in corps:
        somme = _par_alpha(somme ^ _VALEURS[caractere])
    return ALPHABET[somme]
