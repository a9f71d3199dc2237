"""A clean logo from a file that somebody sent: `-m certif.documents.nettoyage_du_logo`, a process of its own.

Nothing of the file is kept but its pixels: metadata, colour profiles and whatever hides behind them stay out.
What a hostile file does to the decoder happens to a process that has little memory and nothing to steal.
"""

import base64
import resource
import sys
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from certif.documents.erreurs import RenduImpossible
from certif.documents.hors_processus import executer, repondre
from certif.documents.visibilite_du_logo import se_voit

MODULE = "certif.documents.nettoyage_du_logo"
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
POIDS_MAX = 2 * 1024 * 1024
COTE_MAX = 4000
LARGEUR, HAUTEUR = 800, 200
"""Pixels of the place on the certificate, at over 300 an inch: more would weigh and not be seen."""
POIDS_IMPRIME_MAX = 100_000
"""Bytes of it in each certificate: what has the noise of a photograph is made smaller."""
MEMOIRE_MAX = 1 << 30
COTE_JUGE = 200
_VISIBLE, _PALE = b"\x01", b"\x00"
"""What the process writes before the PNG."""

_ILLISIBLE = "Ce fichier n’est pas une image PNG, JPEG, WebP ou GIF lisible\u00a0: choisissez-en un autre."
_TROP_GRAND = f"Cette image est trop grande\u00a0: {COTE_MAX // 1000}\u00a0000 pixels de côté au plus."
_TROP_LOURD = "Ce fichier pèse plus de 2\u00a0Mo\u00a0: choisissez une image plus légère."


@dataclass(frozen=True, slots=True)
class LogoPropre:
    """The PNG of a logo, and whether it can be seen on white paper."""

    png: bytes
    se_voit: bool


def demander_logo(fichier: bytes) -> LogoPropre:
    """The PNG of this picture, no larger than what is printed.

    Raises:
        DocumentRefuse: it is no picture that can be read, or it is too large.
        DocumentIndisponible: not now.
    """
    ecrit = executer(MODULE, {"fichier": base64.b64encode(fichier[: POIDS_MAX + 1]).decode("ascii")})
    return LogoPropre(ecrit[1:], ecrit[:1] == _VISIBLE)


def nettoyer(fichier: bytes) -> bytes:
    """The same, here and now: the size is read from the header, and judged, before anything is decoded.

    Raises:
        RenduImpossible: with the sentence to show.
    """
    # Only this process needs the decoders.
    from PIL import Image, ImageOps

    if len(fichier) > POIDS_MAX:
        raise RenduImpossible(_TROP_LOURD)
    Image.MAX_IMAGE_PIXELS = COTE_MAX * COTE_MAX
    try:
        image = Image.open(BytesIO(fichier), formats=FORMATS)
        if max(image.size) > COTE_MAX:
            raise RenduImpossible(_TROP_GRAND)
        image.load()
        if max(image.size) > COTE_MAX:  # a frame may be larger than its own header says
            raise RenduImpossible(_TROP_GRAND)
        return _reecrire(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as erreur:
        raise RenduImpossible(_TROP_GRAND) from erreur
    except RenduImpossible:
        raise
    except Exception as erreur:  # whatever a decoder raises of what it cannot read
        raise RenduImpossible(_ILLISIBLE) from erreur


def _reecrire(image: Any) -> bytes:
    """Its pixels alone, in red, green, blue and transparency if it has any."""
    from PIL import Image

    if image.mode.startswith("I"):  # sixteen bits a sample
        image = image.convert("I").point(lambda valeur: valeur / 256).convert("L")
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LARGEUR, HAUTEUR), Image.Resampling.LANCZOS)
    png = _en_png(image)
    while len(png) > POIDS_IMPRIME_MAX:
        image.thumbnail((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS)
        png = _en_png(image)
    return png


def _en_png(image: Any) -> bytes:
    from PIL import Image

    propre = Image.new(image.mode, image.size)
    propre.paste(image)
    sortie = BytesIO()
    propre.save(sortie, "PNG", optimize=True)
    return sortie.getvalue()


def visible(png: bytes) -> bool:
    """Whether it can be seen on white paper: judged on a small picture, where what is thin is pale."""
    from PIL import Image

    image = Image.open(BytesIO(png), formats=["PNG"])
    image.thumbnail((COTE_JUGE, COTE_JUGE), Image.Resampling.LANCZOS)
    octets = image.convert("RGBA").tobytes()
    return se_voit(list(zip(*(octets[i::4] for i in range(4)), strict=True)), image.width)


def _fabriquer(valeurs: dict[str, str]) -> bytes:
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    png = nettoyer(base64.b64decode(valeurs["fichier"]))
    return (_VISIBLE if visible(png) else _PALE) + png


if __name__ == "__main__":
    sys.exit(repondre(_fabriquer))
