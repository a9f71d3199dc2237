"""Letters that an upright face printing names draws with one outline, and the one key of each group (R4)."""

from pathlib import Path

TABLE = Path(__file__).parent / "donnees" / "lettres_semblables.txt"


def lire_table(texte: str) -> dict[str, str]:
    """Read lines such as `k 03BA 0138`: a key, then the code points of the letters that have it."""
    table: dict[str, str] = {}
    for ligne in texte.splitlines():
        cle, *codes = ligne.split()
        table |= {chr(int(code, 16)): cle for code in codes}
    return table


SEMBLABLES = lire_table(TABLE.read_text(encoding="utf-8"))
"""The key of each letter that looks like another; both as they are after NFKD without marks and casefold."""
_TRADUCTION = str.maketrans(SEMBLABLES)


def reunir(cle: str) -> str:
    """The key, its letters that look alike made one."""
    return cle.translate(_TRADUCTION)
