"""A plain workbook: texts stay texts, whatever they begin with."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

TYPE_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEUR_MIN, LARGEUR_MAX = 14, 60


def rendre_classeur(feuilles: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """An .xlsx of these sheets, in their order; the first row of each is its headings."""
    classeur = Workbook()
    classeur.remove(classeur.worksheets[0])
    for titre, rangees in feuilles.items():
        feuille = classeur.create_sheet(titre)
        for rang, rangee in enumerate(rangees, start=1):
            for colonne, texte in enumerate(rangee, start=1):
                ecrire_cellule(feuille.cell(rang, colonne), texte)
        mettre_en_forme(feuille, [_largeur(rangees, place) for place in range(len(rangees[0]))])
    sortie = BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def ecrire_cellule(cellule: Cell, valeur: str | date | None) -> None:
    """A day, or a text that stays one after somebody edits it too."""
    if isinstance(valeur, date):
        cellule.value = valeur
        cellule.number_format = "DD/MM/YYYY"
        cellule.alignment = Alignment(horizontal="left")
    else:
        cellule.value = valeur or ""
        cellule.data_type = "s"
        cellule.quotePrefix = True


def mettre_en_forme(feuille: Worksheet, largeurs: Sequence[int]) -> None:
    """Headings that stay in sight and can be filtered; columns of these widths."""
    feuille.freeze_panes = "A2"
    feuille.auto_filter.ref = feuille.dimensions
    for cellule, largeur in zip(feuille[1], largeurs, strict=True):
        cellule.font = Font(bold=True, color="FFFFFF")
        cellule.fill = PatternFill("solid", fgColor="124E5B")
        feuille.column_dimensions[cellule.column_letter].width = largeur


def _largeur(rangees: Sequence[Sequence[str]], place: int) -> int:
    longueur = max(len(rangee[place]) for rangee in rangees)
    return min(max(longueur + 4, LARGEUR_MIN), LARGEUR_MAX)
