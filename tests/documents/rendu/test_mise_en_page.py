"""A text of any length stays in its place, whole."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.documents.certificat.places import (
    CADRE_LOGO,
    CADRE_QR,
    FILET,
    HAUTEUR,
    LARGEUR,
    PLACES,
    place_de,
    titre_sous,
)
from certif.documents.rendu.caracteres import plages_des_noms
from certif.documents.rendu.mise_en_page import Bloc, TropLong, composer, largeur

MM = 72 / 25.4
LETTRES = "".join(chr(code) for debut, fin in plages_des_noms() for code in range(debut, fin + 1))
noms = st.text(LETTRES, min_size=1, max_size=80).map(lambda nom: " ".join(nom.split())).filter(bool)


def tient(bloc: Bloc) -> bool:
    cadre = bloc.cadre
    return bloc.haut >= cadre.haut - 0.01 and all(
        largeur(ligne, cadre.police, bloc.corps) <= cadre.largeur + 0.01 for ligne in bloc.lignes
    )


@given(noms, noms)
def test_any_name_fits_whole(nom: str, prenom: str) -> None:
    bloc = composer([nom, prenom], PLACES["titulaire"])
    assert tient(bloc)
    assert "".join("".join(bloc.lignes).split()) == "".join(f"{nom}{prenom}".split())
    assert bloc.corps > titre_sous(bloc.corps).corps


def test_the_widest_letters_fit() -> None:
    large = max(LETTRES, key=lambda lettre: largeur(lettre, PLACES["titulaire"].police, 10))
    for lettre in (large, "W"):
        assert tient(composer([lettre * 80, lettre * 80], PLACES["titulaire"]))
        assert tient(composer([f"{lettre * 80} {lettre * 80}"], PLACES["formateur"]))


@pytest.mark.parametrize(
    ("nom", "prenom", "lignes"),
    [
        ("DUPONT", "Marie", ["DUPONT Marie"]),
        ("DUPONT-DURAND", "Éloïse", ["DUPONT-DURAND Éloïse"]),
        (
            "DE LA ROCHEFOUCAULD-MONTMORENCY",
            "Marie-Antoinette Joséphine",
            ["DE LA ROCHEFOUCAULD-MONTMORENCY", "Marie-Antoinette Joséphine"],
        ),
        ("", "", [""]),
    ],
)
def test_one_line_then_two_broken_between_the_names(nom: str, prenom: str, lignes: list[str]) -> None:
    bloc = composer([nom, prenom], PLACES["titulaire"])
    assert list(bloc.lignes) == lignes
    assert bloc.corps >= PLACES["titulaire"].plancher if len(lignes) == 1 else PLACES["titulaire"].serre


def test_no_line_is_as_wide_as_its_place() -> None:
    """Which the engine would break, or not."""
    cadre = PLACES["formateur"]
    juste = replace(cadre, largeur=largeur("DUPONT", cadre.police, cadre.corps))
    assert composer(["DUPONT"], juste).corps < cadre.corps
    fixe = replace(cadre, corps=cadre.minimum, plancher=cadre.minimum, serre=cadre.minimum)
    juste = replace(fixe, largeur=largeur("DUPONT", fixe.police, fixe.corps))
    assert len(composer(["DUPONT"], juste).lignes) == 2


@pytest.mark.parametrize("longueur", [900, 10_000])
def test_what_cannot_fit_is_refused(longueur: int) -> None:
    with pytest.raises(TropLong):
        composer(["A" * longueur], PLACES["lieu"])


@pytest.mark.parametrize(("avec_logo", "logo_porte_le_nom"), [(False, False), (True, False), (True, True)])
@pytest.mark.parametrize("absents", [{"entite", "signature"}, {"commercial", "porteur", "signataire"}])
def test_no_place_covers_another_nor_leaves_its_air(
    avec_logo: bool, logo_porte_le_nom: bool, absents: set[str]
) -> None:
    """8 mm between the frame and what is written, 6 mm before the QR code."""
    textes = [
        place_de(nom, avec_logo=avec_logo, logo_porte_le_nom=logo_porte_le_nom, corps_du_nom=46)
        for nom in PLACES
        if nom not in absents
    ]
    places: list[Any] = [*textes, CADRE_QR, *([CADRE_LOGO] if avec_logo else [])]
    for i, a in enumerate(places):
        air = 6 * MM if a is CADRE_QR else 8 * MM
        assert min(a.gauche, a.haut) >= FILET + air - 0.01
        assert a.gauche + a.largeur <= LARGEUR - FILET - air + 0.01
        # A line stands at the top of its place.
        assert a.haut + getattr(a, "corps", a.hauteur) <= HAUTEUR - FILET - air + 0.01
        for b in places[i + 1 :]:
            separes = a.gauche + a.largeur <= b.gauche or b.gauche + b.largeur <= a.gauche
            assert separes or a.haut + a.hauteur <= b.haut or b.haut + b.hauteur <= a.haut, (a, b)


def test_labels_can_be_read() -> None:
    assert min(place.corps for place in PLACES.values()) >= 7.5
