"""The columns of a table that somebody sends, found by their headings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie as textes
from certif.domaine.noms import cle
from certif.socle.tableur.tableur import Rangee, Table

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
    """A row under the headings: its number in the file, and its texts by column; "" where there is none.

    `masquee`: who sent the table does not see it there.
    """

    numero: int
    textes: dict[str, str]
    masquee: bool = False


@dataclass(frozen=True, slots=True)
class Tableau:
    """What stands under the headings, and what its author does not see: columns by name, sheets by theirs."""

    lignes: list[LigneLue]
    feuille: str = ""
    colonnes_masquees: tuple[str, ...] = ()
    autres_feuilles: tuple[str, ...] = ()
    feuilles_masquees: tuple[str, ...] = ()

    @property
    def masquees(self) -> int:
        """How many lines are hidden."""
        return sum(ligne.masquee for ligne in self.lignes)

    def retenues(self, avec_masque: bool) -> list[LigneLue]:
        """The lines to judge: what is hidden counts only when somebody asked for it."""
        if avec_masque:
            return self.lignes
        return [self._sans_masque(ligne) for ligne in self.lignes if not ligne.masquee]

    def _sans_masque(self, ligne: LigneLue) -> LigneLue:
        textes = {nom: "" if nom in self.colonnes_masquees else t for nom, t in ligne.textes.items()}
        return replace(ligne, textes=textes)


def reperer(table: Table, attendues: Sequence[ColonneAttendue], champ: str) -> Tableau:
    """The rows under the headings, in their order; columns that nobody expects are left out.

    Raises:
        SaisieInvalide: on `champ`: a heading is missing, is hidden, or comes twice, or nothing stands under
            them.
    """
    rangees = table.rangees
    meilleure: tuple[int, dict[str, list[int]]] = (0, {})
    for rang, rangee in enumerate(rangees[:ENTETE_AVANT]):
        trouvees = _colonnes(rangee, attendues)
        if len(trouvees) > len(meilleure[1]):
            meilleure = (rang, trouvees)
    rang, places = meilleure
    if manque := [c.entete for c in attendues if c.requise and c.nom not in places]:
        raise SaisieInvalide({champ: [textes.colonnes_absentes(manque, [c.entete for c in attendues])]})
    if doubles := [c.entete for c in attendues if len(places.get(c.nom, ())) > 1]:
        raise SaisieInvalide({champ: [textes.colonne_double(entete) for entete in doubles]})
    masquees = [c for c in attendues if c.nom in places and places[c.nom][0] in table.colonnes_masquees]
    if cachees := [c.entete for c in masquees if c.requise]:
        raise SaisieInvalide({champ: [textes.colonnes_masquees(cachees)]})
    lignes = [
        LigneLue(r.numero, {nom: _cellule(r, ou[0]) for nom, ou in places.items()}, r.masquee)
        for r in rangees[rang + 1 :]
    ]
    lignes = [ligne for ligne in lignes if any(ligne.textes.values())]
    if not lignes:
        raise SaisieInvalide({champ: [textes.AUCUNE_LIGNE]})
    return Tableau(
        lignes,
        table.feuille,
        tuple(c.nom for c in masquees),
        table.autres_feuilles,
        table.feuilles_masquees,
    )


def _colonnes(rangee: Rangee, attendues: Sequence[ColonneAttendue]) -> dict[str, list[int]]:
    lues = [cle(texte) for texte in rangee.cellules]
    trouvees = {c.nom: [place for place, lue in enumerate(lues) if lue in c.cles] for c in attendues}
    return {nom: places for nom, places in trouvees.items() if places}


def _cellule(rangee: Rangee, place: int) -> str:
    return rangee.cellules[place] if place < len(rangee.cellules) else ""
