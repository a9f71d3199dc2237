"""QR codes: both ways draw the same one, and a phone reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certif.documents.rendu import qr
from certif.domaine.certificats.registre import numeros

DEBUT = "https://certif.example/v/"


@settings(max_examples=40)
@given(st.lists(st.text(numeros.ALPHABET, min_size=16, max_size=16), min_size=1, max_size=5))
def test_a_family_draws_what_the_library_draws(textes: list[str]) -> None:
    famille = qr.famille(DEBUT, len(DEBUT) + 16)
    for texte in textes:
        assert famille.matrice(DEBUT + texte) == qr.matrice(DEBUT + texte)


@pytest.mark.parametrize("autre", [DEBUT + "A" * 15, "https://certif.exemple/v/" + "A" * 16])
def test_a_family_refuses_what_is_not_of_it(autre: str) -> None:
    with pytest.raises(ValueError, match="another family"):
        qr.famille(DEBUT, len(DEBUT) + 16).matrice(autre)


def test_addresses_of_several_families_are_drawn_by_the_library() -> None:
    une, autre = DEBUT + "A" * 16, DEBUT + "B" * 15
    assert qr.dessinateur([une, autre]) is qr.matrice
    assert qr.dessinateur([une, une])(une) == qr.matrice(une)


def test_strokes_cover_the_dark_modules_and_no_other() -> None:
    rangees = qr.matrice(DEBUT + numeros.nouveau())
    redessine = [["0"] * len(rangees) for _ in rangees]
    for debut, fin, y in qr.traits(rangees):
        assert debut < fin
        for x in range(debut, fin):
            assert redessine[y][x] == "0"
            redessine[y][x] = "1"
    assert ["".join(rangee) for rangee in redessine] == rangees


@settings(max_examples=20)
@given(st.text(numeros.ALPHABET, min_size=1, max_size=60))
def test_operators_draw_the_same_strokes(texte: str) -> None:
    rangees = qr.matrice(DEBUT + texte)
    attendus = "".join(f"{debut} {y} m {fin} {y} l " for debut, fin, y in qr.traits(rangees))
    assert qr.operateurs(rangees) == attendus


def test_two_runs_of_a_row_never_touch() -> None:
    fins: dict[int, int] = {}
    for debut, fin, y in qr.traits(qr.matrice(DEBUT + numeros.nouveau())):
        assert debut > fins.get(y, -1)
        fins[y] = fin
