"""A text of any length stays in its place, whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.documents.certificat.places import (
    CADRE_LOGO,
    CADRE_LOGO_AU_NOM_COMMERCIAL,
    CADRE_QR,
    PLACES,
    PLACES_AU_NOM_COMMERCIAL,
    titre_sous,
)
from certif.documents.rendu.caracteres import plages_des_noms
from certif.documents.rendu.mise_en_page import Bloc, TropLong, composer, largeur

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


@pytest.mark.parametrize("longueur", [900, 10_000])
def test_what_cannot_fit_is_refused(longueur: int) -> None:
    with pytest.raises(TropLong):
        composer(["A" * longueur], PLACES["lieu"])


@pytest.mark.parametrize("nom_commercial", [False, True])
def test_no_place_covers_another_nor_leaves_the_page(nom_commercial: bool) -> None:
    textes, logo = dict(PLACES), CADRE_LOGO
    if nom_commercial:
        textes = {nom: c for nom, c in textes.items() if nom != "entite"} | PLACES_AU_NOM_COMMERCIAL
        logo = CADRE_LOGO_AU_NOM_COMMERCIAL
    places: list[Any] = [*textes.values(), logo, CADRE_QR]
    for i, a in enumerate(places):
        assert a.gauche >= 38 and a.haut >= 38
        assert a.gauche + a.largeur <= 804 and a.haut + a.hauteur <= 557
        for b in places[i + 1 :]:
            separes = a.gauche + a.largeur <= b.gauche or b.gauche + b.largeur <= a.gauche
            assert separes or a.haut + a.hauteur <= b.haut or b.haut + b.hauteur <= a.haut
