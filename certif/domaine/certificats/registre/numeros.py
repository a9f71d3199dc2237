"""R11: certificate numbers. Pure: no database.

Sixteen characters out of 32 (no 0, O, 1, I): 75 random bits, then a check character. The plain form
`ABCDEFGHJKLMNPQR` is stored; people see `ABCD-EFGH-JKLM-NPQR`.

The check makes Σ αⁱ·cᵢ = 0 in GF(32), where α generates the field: since αⁱ never is 0 and αⁱ ≠ αʲ for two
places of a number, any one wrong character and any two exchanged ones are detected. Modulo 32 could not.
"""

import re
import secrets

from certif.domaine.erreurs import ErreurMetier
from certif.domaine.libelles.certificats.verification import numero_mal_saisi

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGUEUR = 16
_LU_MAX = 32
_POLYNOME = 0b100101  # x⁵ + x² + 1, primitive
_VALEURS = {caractere: valeur for valeur, caractere in enumerate(ALPHABET)}
# What a keyboard, a word processor, a mail or a PDF may put between the groups, and after the last one.
_SEPARATEURS = re.compile(r"[\s\-._\u00ad\u00b7\u2010-\u2015\u2212\u200b]+")
# What stands before a number that is pasted: the printed address, or « n° ». No number has an O, nor an I.
_ADRESSE = re.compile(r".*(?:/v/|[?&]numero=)([^/?#&]*).*", re.DOTALL | re.IGNORECASE)
_ANNONCE = re.compile(
    r"\W*(?:certificat\W*)?(?:n\s*[°ºo]|num[ée]ro)(?:\s*du\s+certificat)?\W*", re.IGNORECASE
)


class NumeroMalSaisi(ErreurMetier):
    """What was typed is no number of ours; the message shows what was read of it."""

    def __init__(self, lu: str) -> None:
        visible = "".join(c for c in lu if c.isprintable())[:_LU_MAX]
        super().__init__(numero_mal_saisi(presenter(visible)))


def nouveau() -> str:
    """A new number in its plain form, from the system's secure source."""
    corps = "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR - 1))
    return corps + controle(corps)


def lire(texte: str) -> str:
    """The plain form of a number as people type or paste it (R15). Raises NumeroMalSaisi.

    In any case, in groups or not, after « n° » or as the printed address, with or without a final stop.
    """
    if adresse := _ADRESSE.fullmatch(texte):
        texte = adresse[1]
    net = _SEPARATEURS.sub("", _ANNONCE.sub("", texte, count=1) if _ANNONCE.match(texte) else texte)
    # Before upper(): "ſ" would become S.
    lu = net.upper() if net.isascii() else net
    if len(lu) != LONGUEUR or any(c not in _VALEURS for c in lu) or controle(lu[:-1]) != lu[-1]:
        raise NumeroMalSaisi(lu)
    return lu


def presenter(numero: str) -> str:
    """The number in groups of four, for people."""
    return "-".join(numero[i : i + 4] for i in range(0, len(numero), 4))


def _par_alpha(valeur: int) -> int:
    """α times a value of GF(32)."""
    valeur <<= 1
    return valeur ^ _POLYNOME if valeur & 0b100000 else valeur


def controle(corps: str) -> str:
    """The check character: its weight is 1, that of the character before it α, and so on (Horner)."""
    somme = 0
    for caractere in corps:
        somme = _par_alpha(somme ^ _VALEURS[caractere])
    return ALPHABET[somme]
