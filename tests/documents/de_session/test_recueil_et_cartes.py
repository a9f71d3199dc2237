"""The certificates bound in one file, and the cards that are cut out."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.de_session.cartes import HAUTEUR, LARGEUR, coin, rendre_cartes
from certif.documents.de_session.recueil import Feuillet, rendre_recueil
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.sceau.sceau import Sceau
from certif.documents.sceau.scellement import sceller
from tests.documents.de_session.documents import LE_12, groupe, images, pages, serre
from tests.documents.jugement import juger


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
    assert "Àcompterdu10/06/2026" in page and "None" not in page


def test_le_recueil_dans_l_ordre_avec_ses_signets(donnees: DonneesCertificat) -> None:
    personnes = groupe(donnees, 4)
    feuillets = [Feuillet(rendre_certificat(d), d.titulaire, d.numero) for d in personnes]
    pdf = rendre_recueil(feuillets, "Certificats", "MAROSE FORMATION")
    lecteur = PdfReader(BytesIO(pdf))
    assert len(lecteur.pages) == 4 and len(lecteur.outline) == 4
    for page, d in zip(pages(pdf), personnes, strict=True):
        assert d.numero in page and serre(d.titulaire) in page
        assert not any(autre.numero in page for autre in personnes if autre is not d)
    assert str(lecteur.root_object["/Lang"]) == "fr"
    assert len(pdf) < 0.75 * sum(len(f.pdf) for f in feuillets), "fonts and drawings are kept once"


def test_le_recueil_laisse_les_sceaux_de_ses_pages(donnees: DonneesCertificat, sceau: Sceau) -> None:
    """They would be broken ones; the merged file has its own, over all of it."""
    scelles = [sceller(rendre_certificat(d), sceau) for d in groupe(donnees, 2)]
    feuillets = [
        Feuillet(pdf, d.titulaire, d.numero) for pdf, d in zip(scelles, groupe(donnees, 2), strict=True)
    ]
    assert juger(sceller(rendre_recueil(feuillets, "Certificats", "X"), sceau), sceau).bottom_line


def test_un_recueil_qui_ne_se_relit_pas_n_existe_pas(donnees: DonneesCertificat) -> None:
    pdf = rendre_certificat(donnees)
    for feuillet in (
        Feuillet(pdf, donnees.titulaire, "WXYZ-0000"),
        Feuillet(pdf, "QUELQU’UN D’AUTRE", donnees.numero),
        Feuillet(b"%PDF-1.7 rien", donnees.titulaire, donnees.numero),
        Feuillet(rendre_cartes(groupe(donnees, 11), 1, LE_12), donnees.titulaire, donnees.numero),
    ):
        with pytest.raises(RenduImpossible):
            rendre_recueil([feuillet], "Certificats", "X")
