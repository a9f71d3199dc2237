"""The one table of the characters that names may hold and that the documents can print (R12)."""

from bisect import bisect_right
from pathlib import Path

TABLE = Path(__file__).with_name("caracteres_imprimables.txt")


def lire_plages(texte: str) -> list[tuple[int, int]]:
    """Read hexadecimal ranges, `0041-005A` or `0041`, one a line, both ends included, in order."""
    plages = []
    for ligne in texte.splitlines():
        if ligne.strip():
            debut, _, fin = ligne.strip().partition("-")
            plages.append((int(debut, 16), int(fin or debut, 16)))
    return sorted(plages)


SIGNES = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("«»–—‘’“”„…€£°²³§·×®©")
"""Besides letters, what the printed texts of an organisation may hold: every font has them."""
PLAGES = lire_plages(TABLE.read_text(encoding="ascii"))
_DEBUTS = [debut for debut, _ in PLAGES]


def imprimable(caractere: str) -> bool:
    """Whether this one character is in the table."""
    code = ord(caractere)
    rang = bisect_right(_DEBUTS, code) - 1
    return rang >= 0 and code <= PLAGES[rang][1]


def texte_imprimable(caractere: str) -> bool:
    """Whether a text that is no person's name may hold this character: digits and signs as well."""
    return caractere in SIGNES or imprimable(caractere)
