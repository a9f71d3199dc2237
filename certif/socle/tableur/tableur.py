"""Tables that somebody sends: a spreadsheet file, or cells pasted from one; rows of texts come out.

    for rangee in tableur.lire(fichier).rangees:
        rangee.numero, rangee.cellules, rangee.masquee

A file is opened by a process of its own (`certif.socle.tableur.isole`), short of memory and time, whatever
its name says: nothing but its cells comes out.
"""

import csv
import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from certif.socle import a_part

POIDS_MAX = 2 * 1024 * 1024
RANGEES_MAX = 5_000
COLONNES_MAX = 50
CELLULE_MAX = 300
REFUS = 2

VIDE = "Ce fichier est vide."
ILLISIBLE = (
    "Ce fichier ne se lit pas comme un tableau\u00a0: ouvrez-le dans un tableur, copiez ses lignes dans un "
    "classeur neuf, et enregistrez celui-ci au format .xlsx, .ods ou .csv."
)
TROP_LOURD = "Ce fichier pèse plus de 2\u00a0Mo\u00a0: partagez-le en plusieurs."
TROP_DE_RANGEES = "Ce tableau a plus de 5\u00a0000 lignes remplies\u00a0: partagez-le en plusieurs."
TROP_DE_COLONNES = "Ce tableau a plus de 50 colonnes\u00a0: ne gardez que celles qui servent."
UTF16 = "Ce fichier est écrit en UTF-16\u00a0: enregistrez-le au format CSV UTF-8, ou .xlsx."
OCCUPE = "Ce fichier ne peut pas être lu pour le moment\u00a0: réessayez dans un instant."


class TableurRefuse(Exception):
    """No table in there; `message` is a French sentence that says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TableurIndisponible(TableurRefuse):
    """Not now."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row that is not blank: its own number in the file, from 1, and whether its author does not see it."""

    numero: int
    cellules: tuple[str, ...]
    masquee: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet, and what its author did not see while they looked at it.

    `feuille` is its name, "" for what has no sheets. `colonnes_masquees` are places in `Rangee.cellules`.
    `autres_feuilles` and `feuilles_masquees` are the sheets that were not read, shown and hidden.
    """

    rangees: list[Rangee]
    feuille: str = ""
    colonnes_masquees: tuple[int, ...] = ()
    autres_feuilles: tuple[str, ...] = ()
    feuilles_masquees: tuple[str, ...] = ()


def lire(fichier: bytes) -> Table:
    """The first visible sheet of an .xlsx or .ods, or a CSV; dates as jj/mm/aaaa.

    Raises:
        TableurIndisponible: others are being served.
        TableurRefuse: anything else than a readable table of this size.
    """
    if len(fichier) > POIDS_MAX:
        raise TableurRefuse(TROP_LOURD)
    try:
        code, ecrit = a_part.executer("certif.socle.tableur.isole", fichier)
    except a_part.Occupe as erreur:
        raise TableurIndisponible(OCCUPE) from erreur
    except TimeoutError as erreur:
        raise TableurRefuse(ILLISIBLE) from erreur
    if code == REFUS:
        raise TableurRefuse(ecrit.decode())
    if code != 0:  # killed for what it took
        raise TableurRefuse(ILLISIBLE)
    lue = json.loads(ecrit)
    return Table(
        [Rangee(numero, tuple(cellules), masquee) for numero, cellules, masquee in lue["rangees"]],
        lue["feuille"],
        tuple(lue["colonnes_masquees"]),
        tuple(lue["autres_feuilles"]),
        tuple(lue["feuilles_masquees"]),
    )


def lire_texte(texte: str, separateur: str = "") -> Table:
    """The rows of a CSV, or of cells pasted from a spreadsheet: separated by tabs, semicolons or commas.

    `separateur`: the one that is known to separate them.

    Raises:
        TableurRefuse: a quote that is never closed, or too much of it.
    """
    return Table(remplies(_decouper(texte, separateur)))


_SANS_FORME = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that show nothing, and that no spreadsheet may hold."""


def remplies(
    rangees: Iterable[tuple[int, Iterable[str]]], masquees: Container[int] = frozenset()
) -> list[Rangee]:
    """The rows that hold something, within the bounds; at least one. `masquees`: numbers of hidden ones.

    Raises:
        TableurRefuse: none, too many, too wide, or a cell too long.
    """
    lues: list[Rangee] = []
    for numero, cellules in rangees:
        textes = [" ".join(_SANS_FORME.sub(" ", cellule).split()) for cellule in cellules]
        while textes and not textes[-1]:
            textes.pop()
        if not textes:
            continue
        if len(textes) > COLONNES_MAX:
            raise TableurRefuse(TROP_DE_COLONNES)
        if any(len(texte) > CELLULE_MAX for texte in textes):
            raise TableurRefuse(f"Ligne\u00a0{numero}\u00a0: une cellule dépasse {CELLULE_MAX} caractères.")
        if len(lues) == RANGEES_MAX + 1:  # one of them holds the headings
            raise TableurRefuse(TROP_DE_RANGEES)
        lues.append(Rangee(numero, tuple(textes), numero in masquees))
    if not lues:
        raise TableurRefuse(VIDE)
    return lues


def _decouper(texte: str, separateur: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line."""
    lignes = texte.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lecteur = csv.reader(
        (f"{ligne}\n" for ligne in lignes), delimiter=separateur or _separateur(lignes), strict=True
    )
    debut = 1
    try:
        for cellules in lecteur:
            yield debut, cellules
            debut = lecteur.line_num + 1
    except csv.Error as erreur:
        message = f'Ligne\u00a0{debut}\u00a0: un guillemet (") n’est pas fermé, ou est mal placé.'
        raise TableurRefuse(message) from erreur


def _separateur(lignes: list[str]) -> str:
    """The one that comes most often in the first lines that are not blank."""
    tete = "\n".join(islice((ligne for ligne in lignes if ligne.strip()), 5))
    return max("\t;,", key=tete.count)
