"""The proof: names over all that entry accepts, printed the fast way exactly as the referee prints them.

Eighteen of them each time, sixty with `make eprouver`; as many as `CERTIF_PREUVE` says with `make preuve`.
"""

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.composition import en_lettres
from certif.documents.certificat.encres import COULEURS
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.certificat.places import CADRE_QR, Boite
from certif.documents.donnees import DonneesCertificat
from tests.documents.cas import LOGO, certificats
from tests.documents.images import pixels
from tests.support.sampling import ampleur

PAR_SESSION = ampleur(6, 20)
SESSIONS = range(int(os.environ.get("CERTIF_PREUVE", 3 * PAR_SESSION)) // PAR_SESSION)
FAMILLES = sorted(COULEURS)


@pytest.fixture
def modele(donnees: DonneesCertificat, graine: int) -> DonneesCertificat:
    """Every family in turn; one session in three has no logo, one in two a trade name."""
    logo = None if graine % 3 == 2 else "marose"
    nom = "MAROSE SÉCURITÉ" if graine % 2 else ""
    return replace(donnees, gabarit=FAMILLES[graine % len(FAMILLES)], logo=logo, nom_commercial=nom)


@pytest.mark.taille
@pytest.mark.parametrize("graine", SESSIONS)
def test_both_ways_agree_on_every_name(modele: DonneesCertificat, graine: int, tmp_path: Path) -> None:
    tous = list(certificats(modele, PAR_SESSION, graine))
    logo = LOGO if modele.logo else None
    fabrique = Fabrique(tous, logo, None)
    textes = []
    for d in tous:
        rapides = fabrique.rapides
        octets = fabrique.faire(d).octets
        image = pixels(octets, tmp_path)
        if fabrique.rapides > rapides:
            assert image == pixels(rendre_certificat(d, logo=logo), tmp_path), d
        assert _codes(image) == [d.adresse_verification], d
        textes.append(_lu(octets))
    for rang, d in enumerate(tous):
        propres = ("".join(d.titulaire.split()), "".join(en_lettres(d.date_naissance).split()), d.numero)
        assert all(propre in textes[rang] for propre in propres), d
        assert [i for i, texte in enumerate(textes) if d.numero in texte] == [rang]
    assert fabrique.rapides == PAR_SESSION


def _codes(image: bytes) -> list[str]:
    """What a phone reads that is held over the corner of the code, at 100 pixels an inch."""
    boite = Boite(CADRE_QR.gauche - 12, CADRE_QR.haut - 12, CADRE_QR.largeur + 24, CADRE_QR.hauteur + 24)
    droite, bas = boite.gauche + boite.largeur, boite.haut + boite.hauteur
    gauche, haut, droite, bas = (round(x * 100 / 72) for x in (boite.gauche, boite.haut, droite, bas))
    coin = Image.open(BytesIO(image)).crop((gauche, haut, droite, bas))
    return [code.text for code in zxingcpp.read_barcodes(coin)]


def _lu(pdf: bytes) -> str:
    (page,) = PdfReader(BytesIO(pdf)).pages
    return "".join(page.extract_text().split())
