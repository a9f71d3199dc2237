"""Tables that are sent: every usual format read alike, whatever is not one refused quickly and clearly."""

import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from certif.socle import a_part
from certif.socle.tableur import isole, masque, tableur
from certif.socle.tableur.tableur import TableurRefuse, lire, lire_texte

ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = 'N°;Début\r\nÉlo;10/06/2026\r\n\r\n"a;b\r\nc";1\r\n'
LUES = [(1, ("N°", "Début")), (2, ("Élo", "10/06/2026")), (4, ("a;b c", "1"))]


def classeur(remplir: Callable[[Workbook], Any] = lambda _: None) -> bytes:
    livre = Workbook()
    feuille: Any = livre.active
    feuille.append(["N°", "Début"])
    feuille.append(["Élo", date(2026, 6, 10)])
    feuille["A4"], feuille["B4"] = "a;b c", 1
    remplir(livre)
    sortie = BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def archive(**membres: bytes | str) -> bytes:
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as ecrite:
        for nom, contenu in membres.items():
            chemin = nom.replace("META__INF", "META-INF").replace("__", "/")
            ecrite.writestr(chemin.replace("_xml", ".xml"), contenu)
    return sortie.getvalue()


def ods(contenu: str, manifeste: str = "") -> bytes:
    return archive(
        mimetype=ODS, content_xml=contenu, META__INF__manifest_xml=f"<manifest>{manifeste}</manifest>"
    )


def tableau_ods(rangees: str) -> str:
    noms = ("office", "table", "text")
    espaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in noms)
    return (
        f"<office:document-content {espaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="F">{rangees}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def cellule(texte: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{texte}</text:p></table:table-cell>'


CELLULE_DATE = '<table:table-cell office:value-type="date" office:date-value="2026-06-10"/>'
RANGEES_ODS = "".join(
    f"<table:table-row>{cellules}</table:table-row>"
    for cellules in (
        cellule("N°") + cellule("Début"),
        cellule("Élo") + CELLULE_DATE,
        "<table:table-cell/>",
        cellule("a;b c") + cellule("1"),
    )
)


def test_the_same_rows_come_out_of_every_format() -> None:
    def cacher(livre: Workbook) -> None:
        livre.create_sheet("cachée", 0).sheet_state = "hidden"
        livre.active = 1

    def de_1904(livre: Workbook) -> None:
        livre.epoch = CALENDAR_MAC_1904
        livre.worksheets[0]["B2"] = datetime(2026, 6, 10)

    fichiers = {
        "xlsx": classeur(),
        "hidden sheet": classeur(cacher),
        "1904": classeur(de_1904),
        "merged cells": classeur(lambda livre: livre.worksheets[0].merge_cells("A6:D9")),
        "ods": ods(tableau_ods(RANGEES_ODS)),
        "utf-8": CSV.encode(),
        "BOM": CSV.encode("utf-8-sig"),
        "Windows": CSV.encode("cp1252"),
        "commas": CSV.replace("a;b", "a@b").replace(";", ",").replace("@", ";").encode(),
        "old Mac": CSV.replace("\r\n", "\r").encode(),
        "tabs": CSV.replace("a;b", "a@b").replace(";", "\t").replace("@", ";").encode(),
    }
    for nom, fichier in fichiers.items():
        assert [(r.numero, r.cellules) for r in lire(fichier).rangees] == LUES, nom
    assert [(r.numero, r.cellules) for r in lire_texte(CSV).rangees] == LUES


def test_a_formula_is_what_it_last_showed_or_says_that_it_never_was_computed() -> None:
    def remplir(livre: Workbook) -> None:
        feuille = livre.worksheets[0]
        feuille["A5"], feuille["B5"], feuille["C5"] = "=HYPERLINK(1)", 46183, 1.5

    assert lire(classeur(remplir)).rangees[-1].cellules == ("#FORMULE", "46183", "1.5")


def test_what_is_no_table_is_refused_at_once_and_says_why() -> None:
    xlsx, bombe = classeur(), b"\0" * (70 * 1024 * 1024)
    entites = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    milliard = f'<!DOCTYPE x [<!ENTITY a0 "{"x" * 100}">{entites}]>' + tableau_ods(
        RANGEES_ODS.replace("Élo", "&a8;")
    )
    externe = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + tableau_ods(
        RANGEES_ODS.replace("Élo", "&a;")
    )
    repetee = '<table:table-row table:number-rows-repeated="1048576">' + (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    hostiles = {
        "empty": (b"", tableur.VIDE),
        "blank": (b" \r\n\t", tableur.VIDE),
        "no cell": (b";;;\n;;\n", tableur.VIDE),
        "html": (b"\n<!doctype html><p>a;b", isole.PAGE),
        "pdf": (b"%PDF-1.7\n", isole.PDF),
        "zip": (archive(a="b"), isole.ARCHIVE),
        "docx": (archive(word__document_xml="<a/>"), isole.ARCHIVE),
        "cut": (xlsx[:-300], tableur.ILLISIBLE),
        "old xls": (isole._OLE + b"x" * 600, isole.ANCIEN),
        "encrypted": (isole._OLE + "EncryptedPackage".encode("utf-16-le"), isole.PROTEGE),
        "encrypted ods": (ods("x", "encryption-data"), isole.PROTEGE),
        "macros": (archive(xl__workbook_xml="x", **{"xl__vbaProject.bin": "x"}), isole.MACROS),
        "bomb": (archive(xl__workbook_xml=bombe), tableur.ILLISIBLE),
        "100,000 entries": (archive(**{f"x{n}": "" for n in range(20_000)}), tableur.ILLISIBLE),
        "billion laughs": (ods(milliard), tableur.ILLISIBLE),
        "external entity": (ods(externe), tableur.ILLISIBLE),
        "a cell repeated everywhere": (ods(tableau_ods(repetee)), tableur.ILLISIBLE),
        "a cell far away": (classeur(lambda f: f.worksheets[0].cell(1048576, 16384, "x")), tableur.ILLISIBLE),
        "utf-16": (CSV.encode("utf-16"), tableur.UTF16),
        "binary": (b"a;b\0\x01", tableur.ILLISIBLE),
        "open quote": (b'a;b\n"c;d\n', "Ligne\u00a02\u00a0: un guillemet"),
        "long cell": (b"a;b\n" + b"x" * 301, "Ligne\u00a02\u00a0: une cellule"),
        "wide": (b";" * 50 + b"x", tableur.TROP_DE_COLONNES),
        "5,002 rows": (b"a;b\n" * 5_002, tableur.TROP_DE_RANGEES),
        "one byte more": (b"a" * (tableur.POIDS_MAX + 1), tableur.TROP_LOURD),
    }
    for nom, (fichier, message) in hostiles.items():
        debut = time.monotonic()
        with pytest.raises(TableurRefuse) as refus:
            lire(fichier)
        assert message in refus.value.message, nom
        assert time.monotonic() - debut < 5, nom
    assert len(lire(b"a;b\n" * 5_001).rangees) == 5_001


def test_who_comes_while_others_are_read_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certif.socle.a_part.ATTENTE_S", 0)
    with a_part._un_a_la_fois, pytest.raises(tableur.TableurIndisponible):
        lire(CSV.encode())


def test_characters_that_no_spreadsheet_may_hold_are_shown_in_a_word_and_blank_beside_it() -> None:
    lues = tableur.remplies([(1, ["N°", "Nom"]), (2, ["STE\x0710001\0", "\x1a"]), (3, ["\x1a"])])
    assert [list(rangee.cellules) for rangee in lues] == [["N°", "Nom"], ["STE\ufffd10001"]]
    assert tableur.remplies([(1, ["Jean\x0bPierre\r\nMarie"])])[0].cellules == ("Jean Pierre Marie",)


def test_a_title_with_commas_does_not_say_how_cells_are_separated() -> None:
    texte = "Groupe du 3, salle 2, bat. B, matin, Lyon\nnom;prénom\nLEROY;Paul\n"
    assert [r.cellules for r in lire_texte(texte).rangees[1:]] == [("nom", "prénom"), ("LEROY", "Paul")]


@pytest.mark.parametrize("encodage", ["mac_roman", "cp850"])
@pytest.mark.parametrize("nom", ["Adèle", "René", "RENÉ", "José"])
def test_accents_of_an_old_mac_or_of_dos_are_not_read_as_others(nom: str, encodage: str) -> None:
    with pytest.raises(TableurRefuse) as refus:
        lire(f"nom;prénom\nLEROY;{nom}\n".encode(encodage))
    assert refus.value.message in (isole.AUTRE_ECRITURE, tableur.ILLISIBLE)
    assert lire("nom;prénom\nŠIMIĆ;Žofia œuvre d’août\n".replace("Ć", "C").encode("cp1252")).rangees


def test_more_text_than_a_page_can_carry_is_refused() -> None:
    with pytest.raises(TableurRefuse) as refus:
        lire_texte("\n".join(";".join("x" * 299 for _ in range(10)) for _ in range(1_000)))
    assert refus.value.message == tableur.TROP_DE_TEXTE


def cacher_partout(livre: Workbook) -> None:
    """Two rows, two columns and a sheet."""
    feuille: Any = livre.active
    feuille.title = "Qualifs"
    feuille["D3"], feuille["D6"] = "x", "y"
    feuille.row_dimensions[2].hidden = True
    feuille.row_dimensions[6].hidden = True
    feuille.column_dimensions["B"].hidden = True
    feuille.column_dimensions["D"].hidden = True
    livre.create_sheet("Suite")
    livre.create_sheet("Ancienne").sheet_state = "hidden"


def test_what_a_workbook_hides_is_told() -> None:
    table = lire(classeur(cacher_partout))
    assert [(r.numero, r.masquee) for r in table.rangees] == [
        (1, False),
        (2, True),
        (3, False),
        (4, False),
        (6, True),
    ]
    assert (table.feuille, table.colonnes_masquees) == ("Qualifs", (1, 3))
    assert (table.autres_feuilles, table.feuilles_masquees) == (("Suite",), ("Ancienne",))


def test_hidden_columns_are_counted_from_the_first_that_holds_something() -> None:
    def decaler(livre: Workbook) -> None:
        feuille: Any = livre.active
        feuille.delete_cols(1, 5)
        feuille["C2"], feuille["D2"] = "N°", "Fin"
        feuille.column_dimensions["D"].hidden = True

    (rangee,) = lire(classeur(decaler)).rangees
    assert rangee.cellules == ("N°", "Fin")
    assert lire(classeur(decaler)).colonnes_masquees == (1,)


def test_what_an_ods_hides_is_told() -> None:
    def rangee(texte: str, attributs: str = "") -> str:
        return f"<table:table-row {attributs}>{cellule('a')}{cellule(texte)}</table:table-row>"

    contenu = tableau_ods(
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + rangee("1")
        + rangee("2", 'table:visibility="filter"')
        + rangee("3", 'table:visibility="collapse" table:number-rows-repeated="2"')
        + f'<table:table-row-group table:display="false">{rangee("5")}</table:table-row-group>'
        + rangee("6")
    )
    table = lire(ods(contenu))
    assert [(r.cellules[1], r.masquee) for r in table.rangees] == [
        ("1", False),
        ("2", True),
        ("3", True),
        ("3", True),
        ("5", True),
        ("6", False),
    ]
    assert (table.feuille, table.colonnes_masquees) == ("F", (1,))


def test_what_is_flat_is_hidden_and_rows_may_have_no_number() -> None:
    colonne = b'<x:col min="2" max="2" width="0"/>'
    rangees = b'<x:row r="3" ht="0.0"/><x:row/><x:row hidden="true"/>'
    xml = b'<x:worksheet xmlns:x="u">%b%b</x:worksheet>' % (colonne, rangees)
    assert masque.masques_de(masque.Feuille("", xml, ods=False)) == masque.Masques({3, 5}, {2})


def test_an_entity_in_a_sheet_is_refused() -> None:
    contenu = '<!DOCTYPE a [<!ENTITY b "c">]>' + tableau_ods(
        f"<table:table-row>{cellule('a')}</table:table-row>"
    )
    with pytest.raises(TableurRefuse):
        lire(ods(contenu))


def test_a_csv_hides_nothing() -> None:
    assert lire(CSV.encode()) == tableur.Table(lire_texte(CSV).rangees)
