"""The names that only look like the one typed: tried on what was hashed while their keys differed (R15)."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, groupby, islice, pairwise
from typing import NamedTuple

from certif.domaine.ressemblances import SEMBLABLES, reunir

GRAPHIES_MAX = 64
_ENTRE = "|"
"""Between nom and prénom: no key holds it."""
_ECRITURES = ("LATIN", "GREEK", "CYRILLIC")

_COURANTES = (range(0x61, 0x180), range(0x3B1, 0x3CA), range(0x430, 0x530))
"""Today's alphabets; outside of them, letters of phonetics, of old books, small capitals."""

_MEMES: dict[str, list[str]] = {}
"""All that has one key, that key first."""
for _lettre, _cle in SEMBLABLES.items():
    _MEMES.setdefault(_cle, [_cle]).append(_lettre)
_LONGUES = [cle for cle in _MEMES if len(cle) > 1]


def _ecriture(lettres: str) -> str:
    return unicodedata.name(lettres[0], "").partition(" ")[0]


def _rare(lettres: str) -> bool:
    return not any(ord(lettres[0]) in plage for plage in _COURANTES)


def _dans(ecriture: str, lettres: str) -> bool:
    return _ecriture(lettres) == ecriture and not _rare(lettres)


_AUTRES = {
    un: [(_ecriture(un) != _ecriture(autre), _rare(autre), autre) for autre in memes if autre != un]
    for memes in _MEMES.values()
    for un in memes
}
"""What each may be taken for: whether of another script, whether rare, and what."""


_EN = {
    ecriture: {
        ord(un): next(autre for _, _, autre in autres if _dans(ecriture, autre))
        for un, autres in _AUTRES.items()
        if len(un) == 1 and not _dans(ecriture, un) and any(_dans(ecriture, autre) for _, _, autre in autres)
    }
    for ecriture in _ECRITURES
}
"""In each script, today's letter that each of another may be taken for."""


class _Echange(NamedTuple):
    """Other letters of the same key from `debut` to before `fin`; those of its script come first."""

    etranger: bool
    rare: bool
    debut: int
    fin: int
    par: str


def graphies(cle_nom: str, cle_prenom: str) -> list[tuple[str, str]]:
    """Pairs of keys of version 1 that the present key makes one with this pair, itself first; 64 at most.

    The likeliest come first: all in plain Latin letters, both names or one of them in another script, one
    letter taken for another of its script, everywhere or once, then for one of another script, then two
    letters, then three. The same pair always gives the same list.
    """
    trouvees = islice(_sans_repetition(_ENTRE.join((cle_nom, cle_prenom))), GRAPHIES_MAX)
    return [(nom, prenom) for nom, _, prenom in (t.partition(_ENTRE) for t in trouvees)]


def _sans_repetition(texte: str) -> Iterator[str]:
    vues: set[str] = set()
    for candidate in _candidates(texte):
        if candidate not in vues:
            vues.add(candidate)
            yield candidate


def _candidates(texte: str) -> Iterator[str]:
    yield texte
    yield reunir(texte)
    nom, _, prenom = texte.partition(_ENTRE)
    for ecriture in _ECRITURES:
        autre_nom, autre_prenom = nom.translate(_EN[ecriture]), prenom.translate(_EN[ecriture])
        yield from map(_ENTRE.join, ((autre_nom, autre_prenom), (autre_nom, prenom), (nom, autre_prenom)))
    echanges = sorted(_echanges(texte))
    for _, semblables in groupby(echanges, key=lambda e: (e.etranger, e.rare)):
        seuls = list(semblables)
        partout: dict[tuple[str, str], list[_Echange]] = defaultdict(list)
        for echange in seuls:
            partout[texte[echange.debut : echange.fin], echange.par].append(echange)
        for ensemble in (*partout.values(), *([seul] for seul in seuls)):
            yield _echanger(texte, ensemble)
    for nombre in (2, 3):
        for choisis in combinations(echanges, nombre):
            places = sorted(choisis, key=_debut)
            if all(avant.fin <= apres.debut for avant, apres in pairwise(places)):
                yield _echanger(texte, places)


def _debut(echange: _Echange) -> int:
    return echange.debut


def _echanges(texte: str) -> Iterator[_Echange]:
    morceaux = [(rang, rang + 1) for rang in range(len(texte))]
    for longue in _LONGUES:
        morceaux += [
            (rang, rang + len(longue)) for rang in range(len(texte)) if texte.startswith(longue, rang)
        ]
    for debut, fin in morceaux:
        morceau = texte[debut:fin]
        for etranger, rare, autre in _AUTRES.get(morceau, ()):
            yield _Echange(etranger, rare, debut, fin, autre)


def _echanger(texte: str, echanges: list[_Echange]) -> str:
    for echange in reversed(echanges):
        texte = texte[: echange.debut] + echange.par + texte[echange.fin :]
    return texte
