"""What the embedded fonts can print, and the table of R12 that follows from it.

The domain reads the table as data (`certif/domaine/caracteres_imprimables.txt`), so that what entry accepts
is what printing prints. `python -m certif.documents.rendu.caracteres` writes it again when a font changes.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

POLICES = Path(__file__).parent / "polices"
TABLE = Path(__file__).parents[2] / "domaine" / "caracteres_imprimables.txt"

# Besides letters, what a name is made of: spaces, hyphens, apostrophes (the Ukrainian and Polynesian letters
# included), dots (the Catalan one included).
HORS_LETTRES = " -\u2010\u2011'\u2018\u2019\u02bb\u02bc.\u00b7"
ECRITURES = ("LATIN", "GREEK", "CYRILLIC")


@cache
def imprimables() -> frozenset[int]:
    """Code points that every embedded face can draw. Raises when one cannot be read: it is never replaced."""
    polices = sorted(POLICES.glob("*.ttf"))
    if not polices:
        raise FileNotFoundError(f"no font in {POLICES}")
    dessins = [frozenset(TTFontFile(str(police)).charToGlyph) for police in polices]
    return frozenset.intersection(*dessins)


def imprimable(texte: str) -> list[str]:
    """The characters of a text that cannot be printed, each once, in order; empty when the whole text can be.

    The text is judged as it will be printed, after NFC. Control and bidirectional characters never can be,
    nor marks that remain apart from their letter: the engine does not know where to set them.
    """
    compose = unicodedata.normalize("NFC", texte)
    if _sans_reserve().issuperset(compose):
        return []
    return list(dict.fromkeys(c for c in compose if c not in _sans_reserve()))


@cache
def _sans_reserve() -> frozenset[str]:
    """The characters that are printed wherever they stand."""
    return frozenset(c for c in map(chr, imprimables()) if unicodedata.category(c)[0] not in "CM")


def _lettre(caractere: str) -> bool:
    """A letter of one of the three scripts that NFC leaves as it is; marks and modifiers are none."""
    return (
        unicodedata.category(caractere) in {"Lu", "Ll", "Lt", "Lo"}
        and unicodedata.name(caractere, "").split(" ")[0] in ECRITURES
        and unicodedata.normalize("NFC", caractere) == caractere
    )


def plages_des_noms() -> list[tuple[int, int]]:
    """R12: the sorted ranges, bounds included, of what a name may hold."""
    admis = [code for code in imprimables() if chr(code) in HORS_LETTRES or _lettre(chr(code))]
    return _plages(sorted(admis))


def _plages(codes: Iterable[int]) -> list[tuple[int, int]]:
    plages: list[tuple[int, int]] = []
    for code in codes:
        if plages and plages[-1][1] == code - 1:
            plages[-1] = (plages[-1][0], code)
        else:
            plages.append((code, code))
    return plages


def table_des_noms() -> str:
    """The text of the data file: one range per line, such as `0041-005A`."""
    return "".join(f"{debut:04X}-{fin:04X}\n" for debut, fin in plages_des_noms())


if __name__ == "__main__":
    TABLE.write_text(table_des_noms(), encoding="ascii")
