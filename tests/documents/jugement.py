"""Seals as pyHanko judges them."""

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from certif.documents.sceau.sceau import Sceau


def juger(pdf: bytes, sceau: Sceau) -> PdfSignatureStatus:
    """What pyHanko says of the only signature of a file, when our certificate is trusted."""
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[sceau.certificat]))
