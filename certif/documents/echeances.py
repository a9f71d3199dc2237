"""The spreadsheet of deadlines: until when each certificate is valid, to plan the refresher courses."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.pages import en_nfc

_COLONNES = {
    "Nom": 26,
    "Prénom": 22,
    "Date de naissance": 18,
    "Certificat": 24,
    "N° de certificat": 24,
    "Date de fin de session": 22,
    "Dernier jour de validité": 24,
}
_FEUILLE = "Échéances"


def rendre_echeances(certificats: Iterable[DonneesCertificat]) -> bytes:
    """An .xlsx with a row per certificate that expires, in the order given; texts are texts, never formulas.

    Raises:
        RenduImpossible: the file does not read back.
    """
    rangees = [_rangee(d) for d in en_nfc(tuple(certificats)) if d.fin_validite is not None]
    classeur = Workbook()
    feuille = classeur.active
    if not isinstance(feuille, Worksheet):
        raise TypeError("a new workbook has a sheet")
    feuille.title = _FEUILLE
    titres: list[str | date | None] = [*_COLONNES]
    for rang, rangee in enumerate([titres, *rangees], start=1):
        for colonne, valeur in enumerate(rangee, start=1):
            _ecrire(feuille.cell(rang, colonne), valeur)
    _mettre_en_forme(feuille)
    sortie = BytesIO()
    classeur.save(sortie)
    _relire(sortie, rangees)
    return sortie.getvalue()


def _rangee(d: DonneesCertificat) -> list[str | date | None]:
    return [
        d.nom,
        d.prenom,
        d.date_naissance,
        d.certificat_libelle,
        d.numero,
        d.date_fin,
        d.fin_validite,
    ]


def _ecrire(cellule: Cell, valeur: str | date | None) -> None:
    if isinstance(valeur, date):
        cellule.value = valeur
        cellule.number_format = "DD/MM/YYYY"
        cellule.alignment = Alignment(horizontal="left")
    else:
        # A text stays one, whatever it begins with, and after somebody edits it too.
        cellule.value = valeur or ""
        cellule.data_type = "s"
        cellule.quotePrefix = True


def _mettre_en_forme(feuille: Worksheet) -> None:
    feuille.freeze_panes = "A2"
    feuille.auto_filter.ref = feuille.dimensions
    for cellule, largeur in zip(feuille[1], _COLONNES.values(), strict=True):
        cellule.font = Font(bold=True, color="FFFFFF")
        cellule.fill = PatternFill("solid", fgColor="124E5B")
        feuille.column_dimensions[cellule.column_letter].width = largeur
    feuille.page_setup.orientation = "landscape"
    feuille.page_setup.paperSize = feuille.PAPERSIZE_A4
    feuille.page_setup.fitToHeight = 0
    feuille.sheet_properties.pageSetUpPr.fitToPage = True
    feuille.print_title_rows = "1:1"


def _relire(fichier: BytesIO, rangees: list[list[str | date | None]]) -> None:
    feuille = load_workbook(BytesIO(fichier.getvalue()))[_FEUILLE]
    formules = any(cellule.data_type == "f" for ligne in feuille.iter_rows() for cellule in ligne)
    lues = [[_lu(cellule.value) for cellule in ligne] for ligne in feuille.iter_rows(min_row=2)]
    if formules or lues != rangees:
        raise RenduImpossible("Le tableau des échéances ne se relit pas tel qu’il a été demandé.")


def _lu(valeur: object) -> object:
    """A value as it was written: dates come back with a time, empty texts as nothing."""
    if valeur is None:
        return ""
    return getattr(valeur, "date", lambda: valeur)()
