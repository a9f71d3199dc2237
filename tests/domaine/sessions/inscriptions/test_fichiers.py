"""Files as programs really write them, each with what its author made clumsy: read right or named."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from certif.domaine.sessions.inscriptions.colonnes import reconnaitre
from certif.domaine.sessions.inscriptions.examen import Cadre, examiner
from certif.domaine.sessions.inscriptions.lecture import Liste
from certif.socle.tableur import tableur

FICHIERS = Path(__file__).parent / "fichiers"
AUJOURD_HUI = date(2026, 11, 28)
MARIE, PAUL = "DUPONT Marie 1990-02-14", "LEROY Paul 1985-03-01"


def lignes_de(fichier: bytes) -> dict[int, str]:
    """What becomes of each row: a person as they will be written, or the verdict."""
    table = tableur.lire(fichier)
    liste = Liste(table, reconnaitre(table.rangees, AUJOURD_HUI, table.colonnes_masquees))
    examen = examiner(liste, Cadre([], date(2026, 12, 15), None, None, AUJOURD_HUI))
    return {
        ligne.numero: f"{i.nom} {i.prenom} {i.date_naissance}"
        if (i := ligne.identite) and ligne in examen.a_ecrire
        else ligne.verdict.value
        for ligne in examen.lignes
    }


@pytest.mark.parametrize(
    ("fichier", "attendues"),
    [
        # A merged title, a blank row, another name of the columns, a date as text, a total, a second sheet.
        (
            "libreoffice.ods",
            {1: "laissee", 4: MARIE, 5: PAUL, 6: "D’ALMEIDA João 1979-11-28", 7: "laissee"},
        ),
        # No headings, the given name first, dates shown with two digits, a row that a filter hides.
        ("libreoffice.xlsx", {1: MARIE, 2: PAUL}),
        # Numbers in the first column, both names in one cell in either order, serial numbers for dates.
        ("gnumeric.xlsx", {2: MARIE, 3: PAUL, 4: "de LA TOUR Anne 1979-11-28"}),
        # XML laid out in lines, no-break blanks about the names, civilities, somebody twice.
        ("gnumeric.ods", {2: MARIE, 3: PAUL, 4: "deja_la"}),
    ],
)
def test_every_row_is_right_or_named(fichier: str, attendues: dict[int, str]) -> None:
    assert lignes_de((FICHIERS / fichier).read_bytes()) == attendues


def test_dates_counted_from_1904() -> None:
    livre, sortie = Workbook(), BytesIO()
    livre.epoch = CALENDAR_MAC_1904
    for rangee in (("Nom", "Prénom", "Né le"), ("DUPONT", "Marie", date(1990, 2, 14))):
        livre.active.append(rangee)
    livre.save(sortie)
    assert lignes_de(sortie.getvalue()) == {2: MARIE}


@pytest.mark.parametrize(
    "fichier",
    [
        "\ufeffNom,Prénom,Date de naissance\r\nDUPONT,Marie,14/02/1990\r\n".encode(),
        "Nom;Prénom;Date de naissance\r\nDUPONT;Marie;14/02/1990\r\n".encode("cp1252"),
        'Nom\tPrénom\tDate de naissance\n"DUPONT"\t"Marie"\t"14/02/1990"\n'.encode(),
    ],
)
def test_files_of_text(fichier: bytes) -> None:
    assert lignes_de(fichier) == {2: MARIE}
