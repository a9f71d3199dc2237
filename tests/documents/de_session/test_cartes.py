"""The pocket cards: cut along their marks, each read by a phone, in the colours of its family."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from certif.documents.certificat.encres import COULEURS
from certif.documents.de_session.cartes import COTE_QR, HAUTEUR, LARGEUR, coin, rendre_cartes
from certif.documents.donnees import DonneesCertificat
from tests.documents.de_session.documents import LE_12, groupe, images, pages

POINT = 72 / 300
"""A pixel of the print, in points."""


def adresses(personnes: list[DonneesCertificat]) -> list[DonneesCertificat]:
    return [
        replace(d, adresse_verification=f"https://certif.example/v/ABCDEFGHJKLM{rang:04}")
        for rang, d in enumerate(personnes)
    ]


def test_chaque_code_se_lit_sur_une_feuille_imprimee(donnees: DonneesCertificat) -> None:
    """Ten codes of 14 mm, in grey at 300 points an inch, each in its card, clear of its edges by 5 mm."""
    dix = adresses(groupe(donnees, 10))
    (page,) = images(rendre_cartes(dix, 125, LE_12), 300)
    lus = {}
    for code in zxingcpp.read_barcodes(page):
        coins = (code.position.top_left, code.position.bottom_right)
        lus[code.text] = [POINT * c for point in coins for c in (point.x, point.y)]
    assert lus.keys() == {d.adresse_verification for d in dix}
    for rang, d in enumerate(dix):
        gauche, haut, droite, bas = lus[str(d.adresse_verification)]
        assert [droite - gauche, bas - haut] == pytest.approx([COTE_QR, COTE_QR], abs=0.8)
        a_gauche, en_haut = coin(rang)
        marges = [a_gauche + LARGEUR - droite, en_haut + HAUTEUR - bas]
        assert marges == pytest.approx([14, 14], abs=0.8)


def test_sans_adresse_une_carte_n_a_pas_de_code(donnees: DonneesCertificat) -> None:
    pdf = rendre_cartes([donnees], 125, LE_12)
    assert "vérifier" not in pages(pdf)[0] and not zxingcpp.read_barcodes(images(pdf, 150)[0])


def test_chaque_famille_a_ses_couleurs(donnees: DonneesCertificat) -> None:
    pdf = rendre_cartes([replace(donnees, gabarit=famille) for famille in COULEURS], 125, LE_12)
    (page,) = PdfReader(BytesIO(pdf)).pages
    contenu = page.get_contents()
    assert contenu is not None
    vues = {
        tuple(round(float(part) * 255) for part in trouvee.split())
        for trouvee in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)", contenu.get_data())
    }
    for teintes in COULEURS.values():
        for teinte in teintes:
            assert tuple(bytes.fromhex(teinte[1:])) in vues, teinte


@pytest.mark.parametrize("nom_commercial", ["", "W" * 160])
def test_les_plus_longs_textes_tiennent_sur_une_carte(
    donnees: DonneesCertificat, nom_commercial: str
) -> None:
    longue = replace(
        donnees,
        entite="W" * 160,
        nom_commercial=nom_commercial,
        certificat_titre="W" * 200,
        certificat_libelle="W" * 120,
        nom="W" * 80,
        prenom="W" * 80,
        adresse_verification="https://" + "w" * 60 + ".example/v/ABCDEFGHJKLMNPQH",
    )
    (page,) = pages(rendre_cartes([longue], 125, LE_12))
    assert donnees.numero in page and "W" * 200 in page


def test_les_reperes_disent_ou_couper(donnees: DonneesCertificat) -> None:
    """Ten cards of 85.6 by 54 mm, centred: each mark stands on a cut, in the margin, off the cards."""
    dix_pixels_par_mm = 254
    (page,) = images(rendre_cartes(groupe(donnees, 3), 125, LE_12), dix_pixels_par_mm)
    sombre = page.point(lambda clair: 255 if clair < 160 else 0)

    def traits(boite: tuple[int, int, int, int], axe: int) -> list[float]:
        """Middles in millimetres of the dark runs of a strip, along an axis."""
        bande = sombre.crop(boite)
        vus = [any(bande.getpixel(p) for p in ligne) for ligne in _lignes(bande, axe)]
        milieux, debut = [], None
        for rang, vu in enumerate([*vus, False]):
            if vu and debut is None:
                debut = rang
            elif not vu and debut is not None:
                milieux.append((debut + rang - 1) / 2 / 10)
                debut = None
        return milieux

    colonnes, rangees = [19.4, 105.0, 190.6], [13.5 + 54 * n for n in range(6)]
    for haut, bas in ((70, 110), (2860, 2900)):
        assert traits((0, haut, 2100, bas), 0) == pytest.approx(colonnes, abs=0.15)
    for gauche, droite in ((130, 170), (1930, 1970)):
        assert traits((gauche, 0, droite, 2970), 1) == pytest.approx(rangees, abs=0.15)
    assert [round(c * 25.4 / 72, 2) for c in (LARGEUR, HAUTEUR)] == [85.6, 54.0]
    assert [round(c * 25.4 / 72, 1) for c in (*coin(0), *coin(9))] == [19.4, 13.5, 105.0, 229.5]
    # Between the marks and the first card nothing is drawn, and no card is outlined.
    assert sombre.crop((190, 120, 1910, 150)).getbbox() is None


def _lignes(bande: Image.Image, axe: int) -> list[list[tuple[int, int]]]:
    if axe == 0:
        return [[(x, y) for y in range(bande.height)] for x in range(bande.width)]
    return [[(x, y) for x in range(bande.width)] for y in range(bande.height)]


def test_une_carte_sans_fin_de_validite(donnees: DonneesCertificat) -> None:
    (page,) = pages(rendre_cartes([replace(donnees, fin_validite=None)], 125, LE_12))
    assert "Valableàcompterdu10/06/2026" in page and "None" not in page
