"""Files joined to a demande: what is recognised, how it is called, what the sweep leaves."""

import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from certif.domaine.demandes import pieces
from certif.domaine.demandes.pieces import TAILLE_MAX, FichierRecu, examiner, nom_propre
from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.socle import stockage
from certif.socle.horloge import instant_reel
from tests.support.demandes import image, pdf


def test_a_pdf_and_pictures_are_recognised_whatever_their_name() -> None:
    assert examiner([FichierRecu("x", pdf())])[0].type_mime == "application/pdf"
    assert examiner([FichierRecu("x.png", image("PNG"))])[0].type_mime == "image/png"
    assert examiner([FichierRecu("x.pdf", image("JPEG"))])[0].nom == "x.pdf.jpg"
    lourd = image("JPEG", (3000, 2000), quality=60)
    assert examiner([FichierRecu("photo.JPEG", lourd)])[0].nom == "photo.jpeg"


def un_png_immense() -> bytes:
    """50,000 × 50,000 pixels said by a header, in a few bytes."""

    def morceau(nom: bytes, contenu: bytes) -> bytes:
        return len(contenu).to_bytes(4, "big") + nom + contenu + zlib.crc32(nom + contenu).to_bytes(4, "big")

    tete = (50_000).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    corps = morceau(b"IHDR", tete) + morceau(b"IDAT", zlib.compress(b"\0")) + morceau(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + corps


def test_what_is_no_readable_file_of_these_kinds_is_refused() -> None:
    jpeg, png = image("JPEG", (400, 300)), image("PNG", (400, 300))
    hostiles = {
        "empty": b"",
        "one byte too many": pdf() + b" " * (TAILLE_MAX + 1 - len(pdf())),
        "html": b"<html><script>alert(1)</script>",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "zip": b"PK\x03\x04" + b"\0" * 100,
        "gif": b"GIF89a" + b"\0" * 40,
        "pdf in name only": b"%PDF-",
        "pdf of html": b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF",
        "pdf without end": pdf()[:200],
        "truncated jpeg": jpeg[: len(jpeg) // 2],
        "truncated png": png[: len(png) // 2],
        "png with a wrong sum": png[:60] + b"\xff" + png[61:],
        "magic alone": b"\x89PNG\r\n\x1a\n",
        "huge png": un_png_immense(),
        "html before the pdf": b"<html>" + pdf(),
    }
    for quoi, octets in hostiles.items():
        with pytest.raises(SaisieInvalide) as refus:
            examiner([FichierRecu("piece.pdf", octets)])[0]
            pytest.fail(quoi)
        assert set(refus.value.champs) == {"pieces"}, quoi
    juste = jpeg.ljust(TAILLE_MAX, b"\0")
    assert examiner([FichierRecu("x", juste)])[0].octets == juste


@pytest.mark.parametrize(
    ("nom", "propre"),
    [
        ("Attestation été.pdf", "Attestation été.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\moi\\plan.PDF", "plan.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', 'a"b Set-Cookie: x.pdf'),
        ("a\x00b\u202efdp.exe", "a b fdp.exe.pdf"),
        ("", "piece.pdf"),
        ("...", "piece.pdf"),
        ("/", "piece.pdf"),
        (".pdf", "pdf.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_names(nom: str, propre: str) -> None:
    assert nom_propre(nom, "application/pdf") == propre
    assert len(propre) <= 120


def test_a_failing_store_is_told_and_leaves_nothing(contexte: Flask, tmp_path: Path) -> None:
    (tmp_path / "obstacle").write_text("")
    stockage.regler(tmp_path / "obstacle" / "dedans", {})
    piece = examiner([FichierRecu("x", pdf())])[0]
    with pytest.raises(ServiceIndisponible, match="rien n’a été enregistré"), pieces.deposees(1, [piece]):
        pytest.fail("the store cannot be written")


def test_the_sweep_leaves_what_may_still_wait_for_its_row(
    contexte: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = pieces._nouvelle_cle(7)
    stockage.ecrire(cle, b"x")
    stockage.ecrire("demandes/7/etranger", b"x")
    stockage.ecrire("125/A-1.pdf", b"x")
    assert pieces.balayer() == 1
    assert stockage.lister() == ["125/A-1.pdf", cle]
    plus_tard = instant_reel() + timedelta(hours=1, seconds=2)
    monkeypatch.setattr(pieces, "instant_reel", lambda: plus_tard)
    assert pieces.balayer() == 1
    assert stockage.lister() == ["125/A-1.pdf"]


def test_every_file_that_is_refused_is_named() -> None:
    recus = [FichierRecu("un.pdf", b""), FichierRecu("bon.pdf", pdf()), FichierRecu("deux.exe", b"MZ")]
    with pytest.raises(SaisieInvalide) as refus:
        examiner(recus)
    (premier, second) = refus.value.champs["pieces"]
    assert "un.pdf" in premier and "deux.exe" in second
