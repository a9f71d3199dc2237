"""Cells in error, and formulas that were never computed: no row of them is lost."""

import zipfile
from io import BytesIO

from certif.socle.tableur.tableur import lire
from tests.socle.tableur.test_tableur import cellule, classeur, ods, tableau_ods

FEUILLE = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
TETE = '<row r="1"><c t="inlineStr"><is><t>Nom</t></is></c><c t="inlineStr"><is><t>Prénom</t></is></c></row>'


def feuille(rangees: str, reglages: str = "") -> bytes:
    """An .xlsx whose one sheet holds these rows."""
    sortie = BytesIO()
    with zipfile.ZipFile(BytesIO(classeur())) as lu, zipfile.ZipFile(sortie, "w") as ecrit:
        for nom in lu.namelist():
            contenu = lu.read(nom)
            if nom == "xl/worksheets/sheet1.xml":
                contenu = FEUILLE.format(rangees).encode()
            if nom == "xl/workbook.xml":
                contenu = contenu.replace(b"<workbookPr/>", f"<workbookPr {reglages}/>".encode())
            ecrit.writestr(nom, contenu)
    return sortie.getvalue()


def rangees(fichier: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(r.numero, r.cellules) for r in lire(fichier).rangees[1:]]


def test_a_row_in_error_is_a_row() -> None:
    erreurs = '<c r="A3" t="e"><f>X</f><v>#N/A</v></c><c t="e"><v>#REF!</v></c>'
    assert rangees(feuille(f'{TETE}<row r="3">{erreurs}</row>')) == [(3, ("#N/A", "#REF!"))]


def test_a_formula_that_was_never_computed_is_said() -> None:
    formules = '<c r="B9"><f>A1</f></c><c><f>A1</f><v/></c><c><f t="shared" si="0"/><v></v></c>'
    assert rangees(feuille(f'{TETE}<row r="9">{formules}</row>')) == [(9, ("", *["#FORMULE"] * 3))]


def test_a_formula_that_gave_nothing_or_something_is_what_it_gave() -> None:
    formules = '<c t="str"><f>A1</f><v></v></c><c t="str"><f>A1</f><v>LEROY</v></c><c><f>1</f><v>0</v></c>'
    vide = '<row r="4"><c t="str"><f>A1</f><v></v></c></row>'
    assert rangees(feuille(f'{TETE}<row r="3">{formules}</row>{vide}')) == [(3, ("", "LEROY", "0"))]


def test_an_error_of_an_ods_is_said_where_it_stands() -> None:
    erreur = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"/>'
    )
    lignes = (
        f"<table:table-row>{cellule('Nom')}{cellule('Prénom')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{cellule("LEROY")}{erreur}</table:table-row>'
        f"<table:table-row>{erreur}</table:table-row>"
    )
    contenu = tableau_ods(lignes).replace(
        "<office:document-content ", '<office:document-content xmlns:calcext="c" '
    )
    assert rangees(ods(contenu)) == [
        (2, ("LEROY", "#ERREUR")),
        (3, ("LEROY", "#ERREUR")),
        (4, ("#ERREUR",)),
    ]


def test_a_workbook_says_from_when_it_counts_days() -> None:
    nombre = f'{TETE}<row r="2"><c><v>31456</v></c></row>'
    assert lire(feuille(nombre, 'date1904="1"')).depuis_1904
    assert not lire(feuille(nombre)).depuis_1904
