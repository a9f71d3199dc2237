"""The spreadsheet of deadlines: until when each certificate is valid, to plan the refresher courses."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from certif.documents.de_session.classeur import ecrire_cellule, mettre_en_forme
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.pages import en_nfc

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
            ecrire_cellule(feuille.cell(rang, colonne), valeur)
    mettre_en_forme(feuille, [*_COLONNES.values()])
    _mettre_en_page(feuille)
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


def _mettre_en_page(feuille: Worksheet) -> None:
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
