"""The columns of a table that somebody sends, found by their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import tableaux as textes
from certif.domaine.noms import cle
from certif.socle.tableur import Rangee

ENTETE_AVANT = 10
"""Rows among which the headings are looked for: some files begin with a title."""


@dataclass(frozen=True, slots=True)
class ColonneAttendue:
    """A column: its name in the code, its heading, and other ways to write it; case and accents are free."""

    nom: str
    entete: str
    autres: tuple[str, ...] = ()
    requise: bool = True

    @property
    def cles(self) -> set[str]:
        return {cle(ecrit) for ecrit in (self.entete, *self.autres)}


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row under the headings: its number in the file, and its texts by column; "" where there is none."""

    numero: int
    textes: dict[str, str]


def reperer(rangees: Sequence[Rangee], attendues: Sequence[ColonneAttendue], champ: str) -> list[LigneLue]:
    """The rows under the headings, in their order; columns that nobody expects are left out.

    Raises:
        SaisieInvalide: on `champ`: a heading is missing or comes twice, or nothing stands under them.
    """
    meilleure: tuple[int, dict[str, list[int]]] = (0, {})
    for rang, rangee in enumerate(rangees[:ENTETE_AVANT]):
        trouvees = _colonnes(rangee, attendues)
        if len(trouvees) > len(meilleure[1]):
            meilleure = (rang, trouvees)
    rang, places = meilleure
    if manque := [c.entete for c in attendues if c.requise and c.nom not in places]:
        raise SaisieInvalide({champ: [textes.colonnes_absentes(manque, [c.entete for c in attendues])]})
    if double := next((c.entete for c in attendues if len(places.get(c.nom, ())) > 1), None):
        raise SaisieInvalide({champ: [textes.colonne_double(double)]})
    lignes = [
        LigneLue(r.numero, {nom: _cellule(r, ou[0]) for nom, ou in places.items()})
        for r in rangees[rang + 1 :]
    ]
    lignes = [ligne for ligne in lignes if any(ligne.textes.values())]
    if not lignes:
        raise SaisieInvalide({champ: [textes.AUCUNE_LIGNE]})
    return lignes


def _colonnes(rangee: Rangee, attendues: Sequence[ColonneAttendue]) -> dict[str, list[int]]:
    lues = [cle(texte) for texte in rangee.cellules]
    trouvees = {c.nom: [place for place, lue in enumerate(lues) if lue in c.cles] for c in attendues}
    return {nom: places for nom, places in trouvees.items() if places}


def _cellule(rangee: Rangee, place: int) -> str:
    return rangee.cellules[place] if place < len(rangee.cellules) else ""
