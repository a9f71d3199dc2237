"""The seal, judged by those who did not make it: pyHanko, and poppler where it is."""

import asyncio
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pypdf import PdfWriter

from certif.documents.sceau.sceau import Sceau
from certif.documents.sceau.scellement import sceller
from tests.documents.jugement import juger
from tests.support.servers import absent


@pytest.fixture(scope="module")
def scelle(sceau: Sceau) -> bytes:
    document = PdfWriter()
    document.add_blank_page(100, 100)
    sortie = BytesIO()
    document.write(sortie)
    return sceller(sortie.getvalue(), sceau)


def test_is_intact_valid_and_covers_the_whole_file(scelle: bytes, sceau: Sceau) -> None:
    jugement = juger(scelle, sceau)
    assert jugement.bottom_line
    assert jugement.intact and jugement.valid and jugement.trusted
    assert jugement.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_is_pades_baseline_b(scelle: bytes) -> None:
    (signature,) = PdfFileReader(BytesIO(scelle)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    attributs = {a["type"].native for a in signature.signer_info["signed_attrs"]}
    assert attributs == {"content_type", "message_digest", "signing_certificate_v2"}


def test_one_altered_byte_breaks_it(scelle: bytes, sceau: Sceau) -> None:
    position = scelle.index(b"/MediaBox") + 14
    altere = scelle[:position] + bytes([scelle[position] ^ 1]) + scelle[position + 1 :]
    assert not juger(altere, sceau).intact


def test_an_event_loop_that_runs_is_not_in_the_way(scelle: bytes, sceau: Sceau) -> None:
    async def encore() -> bytes:
        return sceller(scelle[: scelle.index(b"%%EOF") + 6], sceau)

    assert juger(asyncio.run(encore()), sceau).bottom_line


def test_poppler_agrees(scelle: bytes, tmp_path: Path) -> None:
    if not shutil.which("pdfsig"):
        absent("pdfsig (poppler)")
    fichier = tmp_path / "scelle.pdf"
    fichier.write_bytes(scelle)
    dit = subprocess.run(["pdfsig", "-nocert", fichier], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in dit
    assert "Total document signed" in dit
    assert "ETSI.CAdES.detached" in dit


def test_every_length_of_signature_fits_the_place_kept_for_it(sceau: Sceau) -> None:
    tailles = {len(sceau.signer(bytes([i]) * 32)) for i in range(200)}
    assert len(tailles) > 1
    assert max(tailles) <= sceau.taille
