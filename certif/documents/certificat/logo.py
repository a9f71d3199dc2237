"""The logo as files of the fast way hold it: its colours, and its transparency if it has any."""

import zlib
from io import BytesIO

from PIL import Image

from certif.documents.rendu.objets import Objets, flux

NOM = "/Logo"
"""Under which pages know it."""


def ecrire_le_logo(objets: Objets, png: bytes) -> int:
    """Write the picture of a PNG; its number."""
    image = Image.open(BytesIO(png), formats=["PNG"])
    masque = b""
    if image.has_transparency_data:
        opacite = image.convert("RGBA").getchannel("A")
        masque = b"/SMask %d 0 R " % objets.ecrire(_dessin(opacite, b"/DeviceGray"))
    return objets.ecrire(_dessin(image.convert("RGB"), b"/DeviceRGB", masque))


def taille_de(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header that every PNG begins with."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _dessin(image: Image.Image, espace: bytes, masque: bytes = b"") -> bytes:
    return flux(
        zlib.compress(image.tobytes()),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %b "
        b"/Filter /FlateDecode %b" % (image.width, image.height, espace, masque),
    )
