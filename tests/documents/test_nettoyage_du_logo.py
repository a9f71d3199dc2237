"""Logos from hostile files: only pixels come through, and nothing is decoded before its size is known."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from certif.documents.erreurs import RenduImpossible
from certif.documents.hors_processus import DocumentRefuse
from certif.documents.nettoyage_du_logo import (
    COTE_MAX,
    POIDS_IMPRIME_MAX,
    POIDS_MAX,
    LogoPropre,
    demander_logo,
    nettoyer,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def image(mode: str, format_: str, taille: tuple[int, int] = (200, 50), **options: Any) -> bytes:
    sortie = BytesIO()
    bruit = Image.effect_noise(taille, 60).convert("RGB").convert(mode)
    if mode == "RGBA":
        bruit.putalpha(128)
    bruit.save(sortie, format_, **options)
    return sortie.getvalue()


def png_qui_pretend(largeur: int, hauteur: int) -> bytes:
    """A small PNG whose header claims this size."""

    def bloc(nom: bytes, donnees: bytes) -> bytes:
        controle = struct.pack(">I", zlib.crc32(nom + donnees))
        return struct.pack(">I", len(donnees)) + nom + donnees + controle

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", pixels) + bloc(b"IEND", b"")


def lu(png: bytes) -> Image.Image:
    resultat = Image.open(BytesIO(png), formats=["PNG"])
    resultat.load()
    return resultat


@pytest.mark.parametrize(
    ("mode", "format_", "attendu"),
    [
        ("RGB", "PNG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("P", "PNG", "RGB"),
        ("1", "PNG", "RGB"),
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "RGB"),
        ("RGBA", "WEBP", "RGBA"),
        ("P", "GIF", "RGB"),
    ],
)
def test_every_picture_becomes_a_plain_png(mode: str, format_: str, attendu: str) -> None:
    propre = lu(nettoyer(image(mode, format_)))
    assert (propre.format, propre.mode, propre.size) == ("PNG", attendu, (200, 50))


def test_the_isolated_process_gives_the_same_bytes() -> None:
    fichier = image("CMYK", "JPEG")
    assert demander_logo(fichier) == LogoPropre(nettoyer(fichier), se_voit=True)
    with pytest.raises(DocumentRefuse, match="lisible"):
        demander_logo(SVG)


def test_it_is_no_larger_nor_heavier_than_what_is_printed() -> None:
    png = nettoyer(image("RGB", "JPEG", (3000, 1000)))
    assert lu(png).width <= 800 and lu(png).height <= 200
    assert len(png) <= POIDS_IMPRIME_MAX
    assert lu(nettoyer(image("RGB", "PNG", (COTE_MAX, 1)))).size == (800, 1)


def test_where_the_picture_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0)})
    fichier = image("RGB", "JPEG", exif=exif.tobytes(), comment=b"secret", icc_profile=b"profil secret")
    assert b"secret" in fichier and b"Exif" in fichier
    png = nettoyer(fichier)
    propre = lu(png)
    assert propre.size == (50, 200), "upright, as people see it"
    assert not propre.getexif() and propre.info == {}
    assert b"secret" not in png and b"eXIf" not in png


@pytest.mark.parametrize("queue", [b"<script>alert(1)</script>", b"PK\x03\x04" + b"\0" * 60, b"%PDF-1.7\n"])
def test_what_hides_behind_a_picture_stays_out(queue: bytes) -> None:
    assert queue not in nettoyer(image("RGB", "PNG") + queue)


@pytest.mark.parametrize(
    ("fichier", "dit"),
    [
        (b"", "lisible"),
        (SVG, "lisible"),
        (b"<html><script>alert(1)</script></html>", "lisible"),
        (b"%PDF-1.7\n", "lisible"),
        (image("RGB", "JPEG")[:-2000], "lisible"),
        (image("RGB", "PNG")[:-2000], "lisible"),
        (image("RGB", "TIFF"), "lisible"),
        (image("RGB", "BMP"), "lisible"),
        (b"\x89PNG\r\n\x1a\n", "lisible"),
        (b"GIF89a", "lisible"),
        (png_qui_pretend(3000, 3000), "lisible"),
        (png_qui_pretend(50_000, 50_000), "trop grande"),
        (image("RGB", "PNG", (COTE_MAX + 1, 2)), "trop grande"),
        (b"x" * (POIDS_MAX + 1), "plus de 2"),
    ],
    ids=range(14),
)
def test_the_rest_is_refused_in_words(fichier: bytes, dit: str) -> None:
    with pytest.raises(RenduImpossible, match=dit):
        nettoyer(fichier)
