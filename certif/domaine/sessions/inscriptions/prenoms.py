"""Given names that many people bear: what tells, of two columns or two words, which is the prénom."""

from functools import cache
from pathlib import Path

from certif.domaine.noms import cle

LISTE = Path(__file__).with_suffix(".txt")


@cache
def _cles() -> frozenset[str]:
    return frozenset(cle(prenom) for prenom in LISTE.read_text(encoding="utf-8").split())


def est_un_prenom(texte: str) -> bool:
    """Whether the text begins with a given name of the list; many that are not in it are given names too."""
    premier = texte.split(maxsplit=1)[0] if texte.split() else ""
    return cle(texte) in _cles() or cle(premier) in _cles()
