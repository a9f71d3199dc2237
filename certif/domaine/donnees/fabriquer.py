"""Make `lettres_semblables.txt` from the faces that print names.

python -m certif.domaine.donnees.fabriquer      (after `python -m certif.documents.rendu.caracteres`)
"""

import unicodedata
from collections.abc import Iterable

from certif.documents.rendu.caracteres import plages_des_noms
from certif.documents.rendu.dessins import FACES, groupes
from certif.domaine.noms import cle_sans_ressemblance
from certif.domaine.ressemblances import TABLE


def lettres() -> list[str]:
    """Those that a name may hold, in capitals or not."""
    admis = (chr(code) for debut, fin in plages_des_noms() for code in range(debut, fin + 1))
    return [c for c in admis if unicodedata.category(c).startswith("L")]


def reunies() -> list[set[str]]:
    """The keys that R4 must make one: of letters with one outline in a face, and so on from each to each.

    Upper and lower case count alike, since a nom is printed in capitals and a prénom as typed.
    """
    ensembles: list[set[str]] = []
    for face in FACES:
        for memes in groupes(face, lettres()):
            lie = {cle_sans_ressemblance(lettre) for lettre in memes}
            touches = [e for e in ensembles if not e.isdisjoint(lie)]
            ensembles = [e for e in ensembles if e.isdisjoint(lie)] + [lie.union(*touches)]
    return [e for e in ensembles if len(e) > 1]


def cle_commune(cles: Iterable[str]) -> str:
    """The one of a–z ("ae" for ӕ) where there is one, else the first in the order of Unicode.

    Raises:
        ValueError: two of a–z would become one key. No face does that today; if one comes to, the letter that
            links them keeps what its capital looks like, and the other link is left out by hand.
    """
    latines = sorted(c for c in cles if c.isascii())
    if len(latines) > 1:
        raise ValueError(f"{latines} would have one key")
    return latines[0] if latines else min(cles)


def table() -> str:
    """The text of the data file, in the order of the keys."""
    lignes = []
    for ensemble in reunies():
        commune = cle_commune(ensemble)
        autres = sorted(ensemble - {commune})
        if longues := [c for c in autres if len(c) > 1]:
            raise ValueError(f"{longues}: a key of several letters")
        lignes.append(" ".join([commune, *(f"{ord(c):04X}" for c in autres)]))
    return "".join(f"{ligne}\n" for ligne in sorted(lignes))


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
