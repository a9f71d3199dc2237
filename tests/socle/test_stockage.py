"""Storage: the same behaviour in a folder and in S3; a file is whole or absent."""

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import obstore
import pytest

from certif.socle import stockage
from certif.socle.stockage import ObjetAbsent, StockageIndisponible, StockagePlein
from tests.support.servers import serveur_s3

SEAU = "seau-certif"


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    with pytest.MonkeyPatch.context() as env:
        env.setenv("AWS_ACCESS_KEY_ID", "essai")
        env.setenv("AWS_SECRET_ACCESS_KEY", "essai")
        with serveur_s3(SEAU) as options:
            yield options


@pytest.fixture(params=["dossier", "s3"])
def magasin(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        # A prefix of its own: the bucket is shared by the tests of this file.
        stockage.regler(
            f"s3://{SEAU}/{request.node.name[:20].replace('[', '-')}", request.getfixturevalue("s3")
        )
    else:
        stockage.regler(tmp_path / "fichiers", {})
    stockage.preparer()
    return str(request.param)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    stockage.regler(tmp_path / "fichiers", {})
    stockage.preparer()
    return tmp_path / "fichiers"


@pytest.mark.usefixtures("magasin")
def test_write_read_overwrite_delete() -> None:
    assert not stockage.existe("1/A-1.pdf")
    stockage.ecrire("1/A-1.pdf", b"un")
    stockage.ecrire("1/A-1.pdf", b"deux")
    assert stockage.existe("1/A-1.pdf")
    assert stockage.lire("1/A-1.pdf") == b"deux"
    stockage.supprimer("1/A-1.pdf")
    stockage.supprimer("1/A-1.pdf")
    assert not stockage.existe("1/A-1.pdf")


@pytest.mark.usefixtures("magasin")
@pytest.mark.parametrize("taille", [0, 1, 90_000, 3_000_000])
def test_stream_gives_the_same_bytes(taille: int) -> None:
    octets = bytes(i % 251 for i in range(1000)) * (taille // 1000) + b"x" * (taille % 1000)
    stockage.ecrire("2/B-1.zip", octets)
    assert b"".join(stockage.lire_flux("2/B-1.zip")) == octets


@pytest.mark.usefixtures("magasin")
def test_absent_file_is_told_before_the_first_piece() -> None:
    with pytest.raises(ObjetAbsent):
        stockage.lire("3/rien.pdf")
    with pytest.raises(ObjetAbsent):
        stockage.lire_flux("3/rien.pdf")


@pytest.mark.usefixtures("magasin")
def test_list_and_delete_a_folder_only() -> None:
    for cle in ("12/a.pdf", "12/b.pdf", "125/c.pdf"):
        stockage.ecrire(cle, b"x")
    stockage.eprouver()
    assert stockage.lister("12/") == ["12/a.pdf", "12/b.pdf"]
    stockage.supprimer_prefixe("12/")
    stockage.supprimer_prefixe("12/")
    assert stockage.lister() == ["125/c.pdf"]


def test_free_space(magasin: str) -> None:
    libre = stockage.espace_libre()
    assert (libre is None) if magasin == "s3" else (libre is not None and libre > 0)


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize("cle", ["", "/a", "../a", "a/../b", "a//b", "a/", ".a", "é", "a b", "a\n", "a\\b"])
def test_unsound_keys_are_refused(cle: str) -> None:
    for fonction in (stockage.lire, stockage.lire_flux, stockage.existe, stockage.supprimer):
        with pytest.raises(ValueError, match="storage key"):
            fonction(cle)
    with pytest.raises(ValueError, match="storage key"):
        stockage.ecrire(cle, b"")


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize("prefixe", ["", "/", "12", "../", "12/../"])
def test_unsound_prefixes_are_refused(prefixe: str) -> None:
    with pytest.raises(ValueError, match="storage"):
        stockage.supprimer_prefixe(prefixe)


def test_local_folder_is_private(dossier: Path) -> None:
    stockage.ecrire("1/a.pdf", b"x")
    assert stat.S_IMODE(dossier.stat().st_mode) == 0o700


@pytest.mark.parametrize("effet", ["raise", "plein"])
def test_interrupted_write_leaves_nothing(dossier: Path, monkeypatch: pytest.MonkeyPatch, effet: str) -> None:
    monkeypatch.setenv("CERTIF_RUPTURE", f"stockage_milieu:{effet}")
    with pytest.raises(Exception, match=r"stockage|stockage_milieu"):
        stockage.ecrire("1/a.pdf", b"x" * 1000)
    assert stockage.lister() == []
    assert [f for f in dossier.rglob("*") if f.is_file()] == [dossier / stockage.TEMOIN]


def test_what_a_killed_writer_left_goes_with_the_folder(dossier: Path) -> None:
    stockage.ecrire("1/a.pdf", b"x")
    (dossier / "1" / "b.pdf#1").write_bytes(b"half")
    assert stockage.lister() == ["1/a.pdf"]
    stockage.supprimer_prefixe("1/")
    assert not (dossier / "1").exists()


def test_full_disk_is_a_sentence(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CERTIF_RUPTURE", "stockage_milieu:plein")
    with pytest.raises(StockagePlein, match="L’espace de stockage est plein"):
        stockage.ecrire("1/a.pdf", b"x")
    assert dossier.is_dir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk of its own")
def test_a_disk_that_is_really_full_says_so(tmp_path: Path) -> None:
    petit = tmp_path / "petit"
    petit.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", petit], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        stockage.regler(petit, {})
        stockage.preparer()
        stockage.ecrire("1/a.pdf", bytes(100_000))
        with pytest.raises(StockagePlein):
            stockage.ecrire("1/b.pdf", bytes(200_000))
        with pytest.raises(StockagePlein):
            stockage.ecrire("1/c.pdf", bytes(200_000))
        assert stockage.lister("1/") == ["1/a.pdf"]
    finally:
        subprocess.run(["umount", petit], check=True)


class TestParti:
    """A disk that is not mounted, a folder that was moved: an empty store would forget every certificate."""

    @pytest.fixture(params=["moved", "not mounted"])
    def parti(self, request: pytest.FixtureRequest, dossier: Path) -> Path:
        stockage.ecrire("1/a.pdf", b"x")
        stockage.eprouver()
        dossier.rename(dossier.with_name("ailleurs"))
        if request.param == "not mounted":
            dossier.mkdir()
        return dossier

    @pytest.mark.parametrize(
        "geste",
        [
            stockage.eprouver,
            stockage.lister,
            stockage.espace_libre,
            lambda: stockage.ecrire("1/b.pdf", b"x"),
            lambda: stockage.lire("1/a.pdf"),
            lambda: stockage.existe("1/a.pdf"),
            lambda: stockage.supprimer("1/a.pdf"),
            lambda: stockage.supprimer_prefixe("1/"),
        ],
    )
    def test_nothing_is_made_in_its_place(self, parti: Path, geste: Callable[[], object]) -> None:
        with pytest.raises(StockageIndisponible) as leve:
            geste()
        assert not isinstance(leve.value, ObjetAbsent), "an outage, no lost file"
        assert not parti.exists() or list(parti.iterdir()) == []

    def test_all_is_there_once_it_is_back(self, parti: Path) -> None:
        with pytest.raises(StockageIndisponible):
            stockage.lire("1/a.pdf")
        if parti.exists():
            parti.rmdir()
        parti.with_name("ailleurs").rename(parti)
        assert stockage.lire("1/a.pdf") == b"x"


def test_preparing_it_again_leaves_what_is_there(dossier: Path) -> None:
    stockage.ecrire("1/a.pdf", b"x")
    stockage.eprouver()
    taille = (dossier / stockage.TEMOIN).stat().st_size
    stockage.preparer()
    assert stockage.lister() == ["1/a.pdf"] and (dossier / stockage.TEMOIN).stat().st_size == taille


def test_a_folder_that_cannot_be_made_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    stockage.regler(tmp_path / "fichier" / "dedans", {})
    with pytest.raises(StockageIndisponible):
        stockage.preparer()


def test_a_disk_turned_read_only_is_no_full_disk(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refus = OSError("Generic LocalFileSystem error: Read-only file system (os error 30)")
    monkeypatch.setattr(obstore, "open_writer", Mock(side_effect=refus))
    with pytest.raises(StockageIndisponible) as leve:
        stockage.ecrire("1/a.pdf", b"x")
    assert not isinstance(leve.value, StockagePlein)


def test_unreachable_store(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    stockage.regler(tmp_path / "fichier" / "dedans", {})
    with pytest.raises(StockageIndisponible):
        stockage.eprouver()
    with pytest.raises(StockageIndisponible):
        stockage.ecrire("1/a.pdf", b"x")
