"""What a file is, by opening it: PDF, PNG or JPEG. Loaded with the first file: both libraries are heavy."""

from io import BytesIO

from PIL import JpegImagePlugin, PngImagePlugin
from pypdf import PdfReader

PIXELS_MAX = 60_000_000
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"

_MAGIES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def type_de(octets: bytes) -> str | None:
    """The media type of a whole, readable file of an accepted kind; None for anything else."""
    trouve = next((genre for magie, genre in _MAGIES if octets.startswith(magie)), None)
    if trouve is None:
        return None
    try:
        lisible = _pdf(octets) if trouve == PDF else _image(octets, trouve)
    except Exception:  # noqa: BLE001 - whatever a broken or hostile file makes a parser raise says the same
        return None
    return trouve if lisible else None


def _pdf(octets: bytes) -> bool:
    if b"%%EOF" not in octets[-2048:]:
        return False
    return bool(PdfReader(BytesIO(octets)).trailer["/Root"])


def _image(octets: bytes, genre: str) -> bool:
    """Opened by its own reader, so that no other format is tried; its size is read before its pixels."""
    ouvrir = PngImagePlugin.PngImageFile if genre == PNG else JpegImagePlugin.JpegImageFile
    image = ouvrir(BytesIO(octets))
    largeur, hauteur = image.size
    if not 0 < largeur * hauteur <= PIXELS_MAX:
        return False
    if genre == PNG:
        image.verify()
    else:
        # `verify` does not look inside a JPEG: decoded at an eighth of its size, a truncated one says so.
        image.draft("L", (largeur // 8 or 1, hauteur // 8 or 1))
        image.load()
    return True
