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
TEXTE_MAX = 2_000_000
"""Characters of one table: whoever serves it holds it several times."""
REFUS = 2

VIDE = "Ce fichier est vide."
ILLISIBLE = (
    "Ce fichier ne se lit pas comme un tableau\u00a0: ouvrez-le dans un tableur, copiez ses lignes dans un "
    "classeur neuf, et enregistrez celui-ci au format .xlsx, .ods ou .csv."
)
TROP_LOURD = "Ce fichier pèse plus de 2\u00a0Mo\u00a0: partagez-le en plusieurs."
TROP_DE_RANGEES = "Ce tableau a plus de 5\u00a0000 lignes remplies\u00a0: partagez-le en plusieurs."
TROP_DE_COLONNES = "Ce tableau a plus de 50 colonnes\u00a0: ne gardez que celles qui servent."
TROP_DE_TEXTE = "Ce tableau contient trop de texte\u00a0: ne gardez que les colonnes qui servent."
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
    `depuis_1904`: numbers that are days count from there (old spreadsheets of the Mac).
    """

    rangees: list[Rangee]
    feuille: str = ""
    colonnes_masquees: tuple[int, ...] = ()
    autres_feuilles: tuple[str, ...] = ()
    feuilles_masquees: tuple[str, ...] = ()
    depuis_1904: bool = False


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
        lue["depuis_1904"],
    )


def lire_texte(texte: str, separateur: str = "") -> Table:
    """The rows of a CSV, or of cells pasted from a spreadsheet: separated by tabs, semicolons or commas.

    `separateur`: the one that is known to separate them.

    Raises:
        TableurRefuse: a quote that is never closed, or too much of it.
    """
    return Table(remplies(_decouper(texte, separateur)))


_SANS_FORME = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")
"""Characters that show nothing, and that no spreadsheet may hold; those that end a line are blanks."""
_AU_BORD = re.compile(rf"(?<!\S){_SANS_FORME.pattern}|{_SANS_FORME.pattern}(?!\S)")


def _ecrire(cellule: str) -> str:
    """On one line; what shows nothing, in the middle of a word, is shown: two words it is not."""
    return " ".join(_SANS_FORME.sub("\ufffd", _AU_BORD.sub(" ", cellule)).split())


def remplies(
    rangees: Iterable[tuple[int, Iterable[str]]], masquees: Container[int] = frozenset()
) -> list[Rangee]:
    """The rows that hold something, within the bounds; at least one. `masquees`: numbers of hidden ones.

    Raises:
        TableurRefuse: none, too many, too wide, or a cell too long.
    """
    lues: list[Rangee] = []
    taille = 0
    for numero, cellules in rangees:
        textes = [_ecrire(cellule) for cellule in cellules]
        while textes and not textes[-1]:
            textes.pop()
        if not textes:
            continue
        if len(textes) > COLONNES_MAX:
            raise TableurRefuse(TROP_DE_COLONNES)
        if any(len(texte) > CELLULE_MAX for texte in textes):
            raise TableurRefuse(f"Ligne\u00a0{numero}\u00a0: une cellule dépasse {CELLULE_MAX} caractères.")
        taille += sum(map(len, textes))
        if taille > TEXTE_MAX:
            raise TableurRefuse(TROP_DE_TEXTE)
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
    """The one that most of the first lines that are not blank hold, then that comes most often there."""
    tete = list(islice((ligne for ligne in lignes if ligne.strip()), 10))
    return max(
        "\t;,", key=lambda s: (sum(s in ligne for ligne in tete), sum(ligne.count(s) for ligne in tete))
    )
