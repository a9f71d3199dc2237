"""A certificate under a trade name: that name large with its logo, and the raison sociale always."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.composition import Compositeur
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.certificat.places import CADRE_LOGO
from certif.documents.de_session.cartes import rendre_cartes
from certif.documents.de_session.emargement import rendre_feuille
from certif.documents.de_session.entete import DonneesFeuille, EnTete
from certif.documents.de_session.proces_verbal import ProcesVerbal, rendre_proces_verbal
from certif.documents.de_session.remise import rendre_remise
from certif.documents.donnees import DonneesCertificat
from certif.documents.nettoyage_du_logo import nettoyer
from tests.documents.images import pixels

LE_12 = date(2026, 6, 12)
SECURITE = "MAROSE SÉCURITÉ"
PIRE_NOM, PIRE_RAISON = "W" * 80, "W" * 160


def un_logo(mode: str = "RGB", couleur: tuple[int, ...] = (250, 30, 30)) -> bytes:
    sortie = BytesIO()
    Image.new(mode, (600, 120), couleur).save(sortie, "PNG")
    return nettoyer(sortie.getvalue())


@pytest.fixture
def sous_un_nom(donnees: DonneesCertificat) -> DonneesCertificat:
    return replace(donnees, nom_commercial=SECURITE, logo="le sien")


def entete(d: DonneesCertificat) -> EnTete:
    return EnTete(
        session_numero=125,
        entite=d.entite,
        dispositif_niveau=d.dispositif_niveau,
        certificat_libelle=d.certificat_libelle,
        certificat_titre=d.certificat_titre,
        identification=d.identification,
        lieu=d.lieu,
        date_fin=d.date_fin,
        formateur=d.formateur,
        nom_commercial=d.nom_commercial,
    )


def documents(d: DonneesCertificat) -> dict[str, bytes]:
    e = entete(d)
    pv = ProcesVerbal(
        entete=e,
        participants=(),
        actes=(),
        validite="",
        rectifie="",
        bilan="Bilan.",
        mention="Mention.",
        signataire="",
        emis_le=LE_12,
    )
    feuille = DonneesFeuille(
        entete=e, inscrits=(), vides=2, demi_journees=4, mention="Mention.", emis_le=LE_12
    )
    return {
        "certificat": rendre_certificat(d, logo=un_logo() if d.logo else None),
        "cartes": rendre_cartes([d], 125, LE_12),
        "remise": rendre_remise(e, [d], LE_12),
        "proces-verbal": rendre_proces_verbal(pv),
        "feuille": rendre_feuille(feuille),
    }


def texte(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_every_document_says_both_names(sous_un_nom: DonneesCertificat) -> None:
    for quoi, pdf in documents(sous_un_nom).items():
        lu = texte(pdf)
        assert "MAROSESÉCURITÉ" in lu, quoi
        assert "MAROSEFORMATION" in lu, quoi
    assert "nomcommercialdel’organismeMAROSEFORMATION" in texte(documents(sous_un_nom)["certificat"])


def test_the_trade_name_is_the_larger(sous_un_nom: DonneesCertificat) -> None:
    for d in (sous_un_nom, replace(sous_un_nom, logo=None)):
        blocs = Compositeur().composer(d).blocs
        assert "entite" not in blocs
        assert blocs["commercial"].corps > blocs["porteur"].corps + 4


@pytest.mark.parametrize("nom_commercial", ["", SECURITE])
def test_a_name_that_the_logo_shows_is_printed_small_and_all_the_same(
    donnees: DonneesCertificat, nom_commercial: str
) -> None:
    place = "commercial" if nom_commercial else "entite"
    dit = replace(donnees, nom_commercial=nom_commercial, logo="le sien")
    porte = replace(dit, logo_porte_le_nom=True)
    grand, petit = (Compositeur().composer(d).blocs[place] for d in (dit, porte))
    assert petit.corps < grand.corps - 3
    assert petit.texte == grand.texte == (nom_commercial or "MAROSE FORMATION")
    # Without a logo, nothing shows it.
    assert Compositeur().composer(replace(porte, logo=None)).blocs[place].corps > grand.corps


def test_without_a_trade_name_nothing_is_said_of_one(donnees: DonneesCertificat) -> None:
    for quoi, pdf in documents(donnees).items():
        lu = texte(pdf)
        assert "MAROSEFORMATION" in lu, quoi
        assert "commercial" not in lu, quoi


@pytest.mark.parametrize("logo", ["le sien", None])
def test_the_longest_names_that_entry_accepts_fit_everywhere(
    donnees: DonneesCertificat, logo: str | None
) -> None:
    """The signatory and the address's town included."""
    pire = replace(
        donnees,
        nom_commercial=PIRE_NOM,
        entite=PIRE_RAISON,
        logo=logo,
        signataire="W" * 80,
        signataire_qualite="W" * 80,
    )
    for quoi, pdf in documents(pire).items():
        assert PIRE_RAISON in texte(pdf), quoi
    assert PIRE_RAISON in texte(documents(replace(pire, nom_commercial=""))["cartes"])


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_its_logo_is_printed_in_its_place_both_ways(
    sous_un_nom: DonneesCertificat, mode: str, tmp_path: Path
) -> None:
    logo = un_logo(mode, (250, 30, 30, 255)[: len(mode)])
    autre = replace(sous_un_nom, nom="MARTIN")
    fabrique = Fabrique([sous_un_nom, autre], logo, None)
    image = pixels(fabrique.faire(autre).octets, tmp_path)
    assert (fabrique.rapides, fabrique.arbitres) == (1, 0)
    assert image == pixels(rendre_certificat(autre, logo=logo), tmp_path)
    boite = CADRE_LOGO
    x, y = boite.gauche + boite.largeur / 2, boite.haut + boite.hauteur / 2
    pixel = Image.open(BytesIO(image)).convert("RGB").getpixel((round(x * 100 / 72), round(y * 100 / 72)))
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) < 4 for a, b in zip(pixel, (250, 30, 30), strict=True)), pixel


def test_a_file_frozen_before_there_were_trade_names_still_reads(donnees: DonneesCertificat) -> None:
    gele = donnees.en_json()
    del gele["nom_commercial"]
    assert DonneesCertificat.de_json(gele) == donnees
