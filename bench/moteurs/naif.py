"""The layout engine asked anew for each certificate, as it is used everywhere: nothing is shared."""

from collections.abc import Iterator, Sequence

import segno

from bench.donnees import LOGO
from certif.documents.certificat.certificat import imprimer
from certif.documents.certificat.composition import Compositeur
from certif.documents.donnees import DonneesCertificat


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One file for each. The QR code is the library's, which looks for the best of eight masks."""
    for d in donnees:
        code = segno.make_qr(d.adresse_verification or "", error="m", boost_error=False)
        image = code.svg_data_uri(border=0, unit="pt", encode_minimal=False)
        yield imprimer(Compositeur().composer(d), LOGO, qr=image)
