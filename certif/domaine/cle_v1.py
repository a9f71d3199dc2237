"""Version 1 of the key of a name (R4), as it hashed identities: frozen, whatever `noms` does.

It must go on giving the keys of its day, so nothing here may read a table or a function that can change.
"""

import re
import unicodedata

_SEPARATEURS = re.compile(r"[\s.,;:@_/()'’\-‐-―]+")
_LETTRES = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ı": "i",
        "ʻ": None,
        "ʼ": None,
    }
)


def cle(nom: str) -> str:
    """Letters and digits, after NFKD without marks and casefold."""
    texte = _sans_marques(_sans_marques(nom).casefold().translate(_LETTRES))
    return "".join(c for c in texte if c.isalnum())


def mots(texte: str) -> list[str]:
    """The keys of its words, in their order."""
    return [lu for mot in _SEPARATEURS.split(texte) if (lu := cle(mot))]


def _sans_marques(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join(c for c in decompose if not unicodedata.category(c).startswith("M"))
