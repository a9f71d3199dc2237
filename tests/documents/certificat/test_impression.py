"""The certificate on paper: what must be seen on a grey print, and left free for a pen."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.composition import Compositeur
from certif.documents.certificat.encres import COULEURS
from certif.documents.certificat.places import CADRE_QR, PLACES
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.mise_en_page import largeur
from tests.documents.images import pixels

MM = 72 / 25.4
ADRESSE = "https://certif.example/v/ABCDEFGHJKLMNPQH"


@pytest.mark.parametrize("famille", sorted(COULEURS))
def test_the_code_is_read_on_a_grey_print(donnees: DonneesCertificat, famille: str, tmp_path: Path) -> None:
    pdf = rendre_certificat(replace(donnees, gabarit=famille, adresse_verification=ADRESSE))
    gauche, haut = (round((bord - 12) * 300 / 72) for bord in (CADRE_QR.gauche, CADRE_QR.haut))
    cote = str(round((CADRE_QR.largeur + 24) * 300 / 72))
    coin = ("-gray", "-x", str(gauche), "-y", str(haut), "-W", cote, "-H", cote)
    image = Image.open(BytesIO(pixels(pdf, tmp_path, 300, *coin)))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [ADRESSE]


def test_the_word_of_a_specimen_stays_off_the_name(donnees: DonneesCertificat, tmp_path: Path) -> None:
    """All that stands above the facts is as on a certificate."""
    images = [
        Image.open(BytesIO(pixels(rendre_certificat(donnees, specimen=specimen), tmp_path)))
        for specimen in (True, False)
    ]
    bas_de_la_phrase = round((PLACES["phrase"].haut + PLACES["phrase"].hauteur) * 100 / 72)
    specimen, vrai = (image.crop((0, 0, image.width, bas_de_la_phrase)) for image in images)
    assert specimen.tobytes() == vrai.tobytes()
    assert images[0].tobytes() != images[1].tobytes()


def test_there_is_room_to_sign() -> None:
    """25 mm high above the line, at least twice as wide."""
    emission, signataire = PLACES["emission"], PLACES["signataire"]
    assert signataire.haut - (emission.haut + emission.corps * emission.interligne) >= 25 * MM
    assert signataire.largeur >= 50 * MM


@pytest.mark.parametrize(
    ("nom", "valeur"),
    [
        ("dispositif", "Amiante sous-section 4 / 1"),
        ("certificat", "Amiante s/s4-1 Opérateur de chantier"),
        ("identification", "Stage de mise à jour des compétences"),
        ("lieu", "Constructions métalliques de l’Adour, 64100 BAYONNE"),
        ("formateur", "DE LA ROCHEFOUCAULD-MONTMORENCY Marie-Antoinette Joséphine"),
    ],
)
def test_what_a_cell_usually_says_stands_on_one_line_in_full_size(nom: str, valeur: str) -> None:
    place = PLACES[nom]
    assert largeur(valeur, place.police, place.corps) <= place.largeur


def test_title_and_name_are_of_one_family_and_the_validity_with_them(donnees: DonneesCertificat) -> None:
    blocs = Compositeur().composer(donnees).blocs
    assert {blocs[nom].cadre.police for nom in ("titre", "titulaire", "validite")} == {
        "NotoSerifDisplay-Regular"
    }
    autres = [bloc.corps for nom, bloc in blocs.items() if nom not in ("titre", "titulaire", "validite")]
    assert blocs["titulaire"].corps > blocs["titre"].corps > blocs["validite"].corps > max(autres)


@pytest.mark.parametrize(
    ("signataire", "dit"), [("", "Nom, qualité et signature"), ("Romain MAROSE", "Romain MAROSE")]
)
def test_who_signs_is_named_or_asked_for(donnees: DonneesCertificat, signataire: str, dit: str) -> None:
    sans = replace(donnees, signataire=signataire, signataire_qualite="")
    textes = [bloc.texte for bloc in Compositeur().composer(sans).blocs.values()]
    assert textes[-1] == dit
