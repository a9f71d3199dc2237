"""A pasted list, cut into rows and cells: from a spreadsheet, a mail, a table, the text of a PDF."""

import re
from collections.abc import Iterator

from certif.socle.tableur.tableur import Table, lire_texte, remplies

_SEPARATEURS = "\t;|,"
"""What separates cells, the surest first."""
_GRAND_BLANC = re.compile(r"[^\S\n]{2,}")
_BORDS_DE_CITATION = re.compile(r"^[>\s]+")


def decouper(texte: str) -> Table:
    """One row a line, blank ones left out; its cells stand between tabs, `;`, `|`, commas or wide blanks.

    The separator is the first of these that at least half of the lines have; without one, a line is a cell.

    Raises:
        TableurRefuse: nothing in there, a quote that is never closed, or too much of it.
    """
    lignes = [
        _BORDS_DE_CITATION.sub("", ligne) if ligne.startswith(">") else ligne for ligne in _lignes(texte)
    ]
    separateur = _separateur([ligne for ligne in lignes if ligne.strip()])
    if separateur:
        return lire_texte("\n".join(lignes), separateur)
    return Table(remplies(_par_les_blancs(lignes)))


def _lignes(texte: str) -> list[str]:
    return texte.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _separateur(pleines: list[str]) -> str:
    """ "" where nothing but blanks stands between the cells."""
    for separateur in _SEPARATEURS:
        if pleines and sum(separateur in ligne for ligne in pleines) * 2 >= len(pleines):
            return str(separateur)
    return ""


def _par_les_blancs(lignes: list[str]) -> Iterator[tuple[int, list[str]]]:
    for numero, ligne in enumerate(lignes, start=1):
        yield numero, _GRAND_BLANC.split(ligne.strip())
