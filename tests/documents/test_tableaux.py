"""Tables to be taken away: what opens in a spreadsheet, computes nothing, and is never whole in memory."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from certif.documents.tableaux import MORCEAU, Cellule, Piece, Tableau, ecrire, texte_de

MOMENT = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)


def lire(octets: bytes, nom: str) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.testzip() is None
        return list(csv.reader(io.StringIO(archive.read(nom).decode("utf-8-sig")), delimiter=";"))


def test_what_is_written_is_read_again() -> None:
    tableau = Tableau("noms", ("Nom", "Né le"), [('d’ORMESSON; "Jean"', date(1925, 6, 16)), ("A\nB", None)])
    octets = b"".join(ecrire([Piece("LISEZ-MOI.txt", b"bonjour"), tableau], MOMENT))
    assert lire(octets, "noms.csv") == [
        ["Nom", "Né le"],
        ['d’ORMESSON; "Jean"', "16/06/1925"],
        ["A\nB", ""],
    ]
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.namelist() == ["LISEZ-MOI.txt", "noms.csv"]
        assert archive.read("LISEZ-MOI.txt") == b"bonjour"
        assert archive.read("noms.csv").startswith(b"\xef\xbb\xbf")
        assert archive.infolist()[0].date_time == (2026, 6, 11, 0, 30, 0)


@pytest.mark.parametrize(
    ("cellule", "ecrite"),
    [
        ("=1+1", "'=1+1"),
        ("+33 6", "'+33 6"),
        ("-1", "'-1"),
        ("@SOMME(A1)", "'@SOMME(A1)"),
        ("\tA", "'\tA"),
        ("\rA", "'\rA"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (True, "oui"),
        (False, "non"),
        (0, "0"),
        (date(2026, 1, 2), "02/01/2026"),
        (datetime(2026, 7, 1, 22, 5, tzinfo=UTC), "02/07/2026 00:05"),
    ],
)
def test_a_cell(cellule: Cellule, ecrite: str) -> None:
    assert texte_de(cellule) == ecrite


def test_much_takes_little_memory() -> None:
    def rangees() -> Iterator[tuple[Cellule, ...]]:
        for rang in range(150_000):
            yield rang, f"NOM{rang}", date(2026, 6, 10)

    tracemalloc.start()
    taille, plus_grand = 0, 0
    for morceau in ecrire([Tableau("longue", ("N°", "Nom", "Jour"), rangees())], MOMENT):
        taille, plus_grand = taille + len(morceau), max(plus_grand, len(morceau))
    _, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taille > 500_000 and plus_grand < 4 * MORCEAU and sommet < 3_000_000


def test_what_goes_wrong_half_way_is_no_whole_zip() -> None:
    def rangees() -> Iterator[tuple[Cellule, ...]]:
        for rang in range(100_000):
            yield rang, f"{rang * 7919 % 100_003:x}", None
        raise RuntimeError("la base ne répond plus")

    recu = bytearray()
    with pytest.raises(RuntimeError, match="ne répond plus"):
        for morceau in ecrire([Tableau("longue", ("N°", "A", "B"), rangees())], MOMENT):
            recu += morceau
    assert recu
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(bytes(recu)))


def test_who_goes_away_half_way_stops_it() -> None:
    lues: list[int] = []

    def rangees() -> Iterator[tuple[Cellule, ...]]:
        for rang in range(1_000_000):
            lues.append(rang)
            yield rang, f"{rang * 7919 % 100_003:x}"

    envoi = ecrire([Tableau("longue", ("N°", "A"), rangees())], MOMENT)
    assert next(envoi)
    envoi.close()
    assert len(lues) < 200_000
