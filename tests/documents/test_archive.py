"""The zip of a session: exactly its certificates, under names that every system takes."""

import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.documents.archive import ArchiveIncoherente, ecrire_zip, nom_de_session, nom_fichier

F = date(2026, 6, 10)
G = datetime(2026, 6, 12, 16, 0, 30, tzinfo=UTC)
NUMERO = "ABCDEFGHJKLMNPQH"


@pytest.mark.parametrize(
    ("nom", "prenom", "milieu"),
    [
        ("DUPONT", "Marie", "DUPONT_Marie"),
        ("LEFÈVRE-ŒUVRARD", "Hélène Anne", "LEFEVRE-OEUVRARD_Helene-Anne"),
        ("D’ALMEIDA--FAŸ", "O'Connor", "D-ALMEIDA-FAY_O-Connor"),
        ("ŻÓŁĆ", "Łukasz", "ZOLC_Lukasz"),
        ("STRAẞE", "ß", "STRASSE_ss"),
        ("NGUYỄN", "Đức", "NGUYEN_Duc"),
        ("İNCİ", "ışık", "INCI_isik"),
        ("ΠΑΠΑΔΟΠΟΎΛΟΥ", "Ελένη", "PAPADOPOYLOY_Eleni"),
        ("ЩЕРБАКОВ", "Пётр", "CHTCHERBAKOV_Petr"),
        ("李小龍", "", ""),
        ("CON", "", "CON"),
        ("../../x", "a/b\\c", "x_a-b-c"),
        ("=HYPERLINK(1)", "\r\n\x00", "HYPERLINK-1"),
        ("A" * 80, "B" * 80, "A" * 48 + "_" + "B" * 48),
    ],
)
def test_names_of_files(nom: str, prenom: str, milieu: str) -> None:
    attendu = "_".join(m for m in ("2026-06-10_SST-1", milieu, NUMERO) if m)
    assert nom_fichier(F, "SST-1", nom, prenom, "ABCD-EFGH-JKLM-NPQH") == f"{attendu}.pdf"


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_any_name_is_safe(certificat: str, nom: str, prenom: str) -> None:
    fichier = nom_fichier(F, certificat, nom, prenom, NUMERO)
    assert re.fullmatch(rf"2026-06-10_([A-Za-z0-9-]+_)*{NUMERO}\.pdf", fichier)
    assert len(fichier) < 200


def test_homonyms_have_two_files() -> None:
    noms = {nom_fichier(F, "SST-1", "MARTIN", "Jean", n) for n in ("ABCDEFGHJKLMNPQH", "BBCDEFGHJKLMNPQH")}
    assert len(noms) == 2


def test_the_zip_holds_every_file_as_it_is(tmp_path: Path) -> None:
    entrees = [(f"{i}.pdf", bytes([i % 256]) * (i + 1)) for i in range(300)]
    with (tmp_path / "a.zip").open("w+b") as sortie:
        assert ecrire_zip(iter(entrees), G, sortie) == 300
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == entrees
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_same_files_give_the_same_bytes() -> None:
    archives = []
    for _ in range(2):
        sortie = BytesIO()
        ecrire_zip([("b.pdf", b"2"), ("a.pdf", b"1")], G, sortie)
        archives.append(sortie.getvalue())
    assert archives[0] == archives[1]


@pytest.mark.parametrize(
    ("moment", "heure"),
    [
        ("2026-06-12T16:00:30+00:00", (2026, 6, 12, 18, 0, 30)),
        ("2026-01-12T23:30:00+00:00", (2026, 1, 13, 0, 30, 0)),
        # The hour that comes twice, and on either side of the one that never comes.
        ("2026-10-25T00:30:00+00:00", (2026, 10, 25, 2, 30, 0)),
        ("2026-10-25T01:30:00+00:00", (2026, 10, 25, 2, 30, 0)),
        ("2026-03-29T00:59:58+00:00", (2026, 3, 29, 1, 59, 58)),
        ("2026-03-29T01:00:00+00:00", (2026, 3, 29, 3, 0, 0)),
    ],
)
def test_entries_are_dated_in_paris(moment: str, heure: tuple[int, ...]) -> None:
    sortie = BytesIO()
    ecrire_zip([("a.pdf", b"1"), ("b.pdf", b"2")], datetime.fromisoformat(moment), sortie)
    with zipfile.ZipFile(sortie) as archive:
        assert [info.date_time for info in archive.infolist()] == [heure, heure]


def test_names_of_zips() -> None:
    assert nom_de_session(F, "SST-1", "dossier", 125) == "2026-06-10_SST-1_dossier_session-125.zip"
    assert (
        nom_de_session(F, "Amiante s/s4-1 Opérateur de chantier", "certificats", 7)
        == "2026-06-10_Amiante-s-s4-1-Operateur-de-chantier_certificats_session-7.zip"
    )


@pytest.mark.parametrize("second", ["a.pdf", "A.PDF"])
def test_an_equal_name_is_refused(second: str) -> None:
    with pytest.raises(ArchiveIncoherente, match="même nom"):
        ecrire_zip([("a.pdf", b"1"), (second, b"2")], G, BytesIO())


def test_an_empty_zip_counts_nothing() -> None:
    assert ecrire_zip([], G, BytesIO()) == 0
