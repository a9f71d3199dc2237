"""Sealing a finished PDF: a signature is added after its last byte, and leaves the rest as it is."""

from collections.abc import Coroutine
from io import BytesIO
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import SigSeedSubFilter

from certif.documents.sceau.sceau import CHAMP, MOTIF, Sceau


def sceller(pdf: bytes, sceau: Sceau) -> bytes:
    """The same document with an invisible PAdES B-B signature over every byte of it, dated now."""
    reglages = PdfSignatureMetadata(
        field_name=CHAMP,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=MOTIF,
        name=sceau.cle.nom,
    )
    sortie = BytesIO()
    signature = PdfSigner(reglages, _Signataire(sceau)).async_sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=sortie, bytes_reserved=2 * sceau.taille
    )
    _achever(signature)
    return sortie.getvalue()


def _achever(travail: Coroutine[Any, Any, Any]) -> None:
    """Run to its end what waits for nothing: no event loop is needed, and one that runs is not in the way."""
    try:
        travail.send(None)
    except StopIteration:
        return
    raise RuntimeError("sealing waited for something")


class _Signataire(Signer):
    """Gives pyHanko, which knows where a signature goes, the one that `Sceau` makes."""

    def __init__(self, sceau: Sceau) -> None:
        super().__init__(signing_cert=sceau.certificat)
        self._sceau = sceau

    async def async_sign(self, data_digest: bytes, *_: Any, **__: Any) -> cms.ContentInfo:
        return cms.ContentInfo.load(self._sceau.signer(data_digest))
