"""Files that somebody may send as a table: some hold the same two people, the others are refused."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

TITRES = ("Nom", "Prénom", "Né le")
EUX = (("LEFÈVRE", "Hélène", date(1990, 2, 14)), ("LEROY", "Paul", date(1985, 3, 1)))
TEXTE = "Nom;Prénom;Né le\r\nLEFÈVRE;Hélène;14/02/1990\r\nLEROY;Paul;01/03/1985\r\n"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XLSX = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def classeur(remplir: Callable[[Workbook, Any], Any] = lambda _livre, _feuille: None) -> bytes:
    livre = Workbook()
    feuille: Any = livre.active
    for rangee in (TITRES, *EUX):
        feuille.append(rangee)
    remplir(livre, feuille)
    sortie = BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def archive(membres: dict[str, bytes | str], depart: bytes | None = None) -> bytes:
    """An archive of these members, in the place of those of `depart` that have their names."""
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as ecrite:
        if depart:
            with zipfile.ZipFile(BytesIO(depart)) as lue:
                for nom in lue.namelist():
                    ecrite.writestr(nom, membres.pop(nom, lue.read(nom)))
        for nom, contenu in membres.items():
            ecrite.writestr(nom, contenu)
    return sortie.getvalue()


def _feuille(rangees: str) -> bytes:
    """An .xlsx whose rows are written so."""
    xml = f'<worksheet xmlns="{_XLSX}"><sheetData>{rangees}</sheetData></worksheet>'
    return archive({"xl/worksheets/sheet1.xml": xml}, classeur())


def _rangees(suite: str = "") -> str:
    ecrites = [TITRES, *((nom, prenom, f"{jour:%d/%m/%Y}") for nom, prenom, jour in EUX)]
    cellules = ("".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in r) for r in ecrites)
    return "".join(f'<row r="{n}">{c}</row>' for n, c in enumerate(cellules, start=1)) + suite


def _ods(entete: str = "", nom: str = "LEFÈVRE", suite: str = "") -> bytes:
    espaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )
    ecrites = [TITRES, (nom, "Hélène", "14/02/1990"), ("LEROY", "Paul", "01/03/1985")]
    cellule = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rangees = (f"<table:table-row>{''.join(map(cellule.format, r))}</table:table-row>" for r in ecrites)
    contenu = (
        f"{entete}<office:document-content {espaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="F">{"".join(rangees)}{suite}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": ODS, "content.xml": contenu, "META-INF/manifest.xml": "<manifest/>"})


def _de_1904(livre: Workbook, feuille: Any) -> None:
    """One day with the form of a date, the other as a bare number."""
    livre.epoch = CALENDAR_MAC_1904
    feuille["C2"] = date(1990, 2, 14)
    feuille["C3"].number_format = "General"
    feuille["C3"] = (EUX[1][2] - date(1904, 1, 1)).days


def _en_serie(_: Workbook, feuille: Any) -> None:
    for numero, (_nom, _prenom, jour) in enumerate(EUX, start=2):
        feuille.cell(numero, 3).number_format = "General"
        feuille.cell(numero, 3).value = (jour - date(1899, 12, 30)).days


def _en_texte(_: Workbook, feuille: Any) -> None:
    feuille["C2"], feuille["C3"] = "14/02/1990", "le 1er mars 1985"


def _fusionnees(_: Workbook, feuille: Any) -> None:
    feuille.insert_rows(1, 2)
    feuille["A1"] = "Groupe du matin"
    feuille.merge_cells("A1:C1")
    feuille.merge_cells("D3:F8")


def _feuille_cachee(livre: Workbook, _: Any) -> None:
    cachee = livre.create_sheet("Anciens", 0)
    cachee.append(TITRES)
    cachee.append(("PERDU", "Luc", date(1980, 1, 1)))
    cachee.sheet_state = "hidden"
    livre.active = 1


_VIDES = "".join(f'<row r="{n}"/>' for n in range(4, 600_000))
_MILLIARD = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))

LISIBLES: dict[str, Callable[[], bytes]] = {
    "xlsx": classeur,
    "ods": _ods,
    "merged cells": lambda: classeur(_fusionnees),
    "a hidden sheet": lambda: classeur(_feuille_cachee),
    "rows without end, all empty": lambda: _feuille(_rangees(_VIDES)),
    "an ods empty to its end": lambda: _ods(
        suite='<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ),
    "days as numbers": lambda: classeur(_en_serie),
    "days from 1904": lambda: classeur(_de_1904),
    "days as texts": lambda: classeur(_en_texte),
    "../ in a name": lambda: archive({"../../etc/passwd": "x"}, classeur()),
    "UTF-8": TEXTE.encode,
    "UTF-8 with its mark": lambda: TEXTE.encode("utf-8-sig"),
    "Latin-1": lambda: TEXTE.encode("latin-1"),
    "commas": TEXTE.replace(";", ",").encode,
    "all quoted": ('"' + TEXTE.strip().replace(";", '";"').replace("\r\n", '"\r\n"') + '"').encode,
}
"""Each holds `EUX`, under `TITRES`."""

REFUSES: dict[str, tuple[Callable[[], bytes], str]] = {
    "0 byte": (lambda: b"", "Ce fichier est vide."),
    "one byte over the limit": (lambda: b"a" * (2 * 1024 * 1024 + 1), "pèse plus de 2"),
    "html": (lambda: b"<html><table><tr><td>Nom", "est une page web"),
    "zip": (lambda: archive({"a": "b"}), "est une archive"),
    "pdf": (lambda: b"%PDF-1.7\n", "est un PDF"),
    "bomb": (lambda: archive({"xl/workbook.xml": b"\0" * 70_000_000}), "ne se lit pas"),
    "entries without end": (lambda: archive({f"x{n}": "" for n in range(18_000)}), "ne se lit pas"),
    "XML bomb": (
        lambda: _ods(f'<!DOCTYPE x [<!ENTITY a0 "{"x" * 100}">{_MILLIARD}]>', "&a8;"),
        "ne se lit pas",
    ),
    "external entity": (
        lambda: _ods('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        "ne se lit pas",
    ),
    "macros": (lambda: archive({"xl/vbaProject.bin": "x"}, classeur()), "contient des macros"),
    "encrypted": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protégé par un mot de passe",
    ),
    "cut short": (lambda: classeur()[:-300], "ne se lit pas"),
    "two cells far apart": (lambda: classeur(lambda _, f: f.cell(5_000, 1_600, "x")), "ne se lit pas"),
    "a cell repeated everywhere": (
        lambda: _ods(
            suite='<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
            'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row>"
        ),
        "ne se lit pas",
    ),
    "long texts": (
        lambda: "\n".join(";".join(["x" * 296] * 7) for _ in range(1_000)).encode(),
        "trop de texte",
    ),
    "UTF-16": (lambda: TEXTE.encode("utf-16"), "UTF-16"),
    "UTF-16 without its mark": (lambda: TEXTE.encode("utf-16-le"), "UTF-16"),
    "accents of an old Mac": (lambda: TEXTE.encode("mac_roman"), "ne se lisent pas"),
    "open quote": (f'{TEXTE}"BERGER;Luc;\r\n'.encode, "n’est pas fermé"),
    "10,000 characters": (f"{TEXTE}{'x' * 10_000};Luc;\r\n".encode, "une cellule dépasse"),
}
"""With a part of what is said beside the field."""

NOMS_DE_FICHIER = ("%22><b>.xlsx", "a%0D%0AX-Y: z.csv", "é" * 300 + ".xlsx", "../../etc/passwd.csv", "CON")
"""As browsers write them: quotes and ends of lines are escaped."""
