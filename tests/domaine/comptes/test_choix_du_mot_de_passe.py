"""A password one chooses: long enough, and not among those that are tried first."""

import pytest

from certif.domaine.comptes.choix_du_mot_de_passe import defaut
from certif.domaine.libelles import mots_de_passe as textes

PROPRES = ("Rivière", "Stéphanie", "s.riviere", "STE10001")


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "cheval agrafe pile",
        "xK9$mmPq2wvL",
        "stephanie aime le thé vert",
        "éàüéàü ça va bien",
        "dragon84291756035",
    ],
)
def test_any_composition_is_taken(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) is None


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "aaaaaaaaaaaa",
        "azertyazerty",
        "azertyuiopqs",
        "210987654321",
        "1qaz2wsx3edc",
        "Password1234",
        "MotDePassé2026!",
        "Bonjour-2026-!",
    ],
)
def test_what_is_tried_first_is_refused(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) == textes.COURANT


@pytest.mark.parametrize(
    "mot_de_passe",
    ["Stephanie2026!", "stéphanie rivière", "s.riviere 1985", "certif-2026-certif", "STE10001-2026"],
)
def test_one_s_own_name_is_no_secret(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) == textes.PERSONNEL


@pytest.mark.parametrize("mot_de_passe", ["Ðorđević-2026", "œuvrard-œuvrard"])
def test_nor_is_it_in_letters_that_look_like_its_own(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, ("Đorđević", "Œuvrard"), 12) == textes.PERSONNEL


def test_the_bounds_of_the_length() -> None:
    phrase = "cheval agrafe pile correcte" * 10
    assert defaut(phrase[:11], (), 12) == textes.trop_court(12, 11)
    assert defaut(phrase[:12], (), 12) is None
    assert defaut(phrase[:15], (), 16) == textes.trop_court(16, 15)
    assert defaut(phrase[:16], (), 16) is None
    assert defaut(phrase[:200], (), 12) is None
    assert defaut(phrase[:201], (), 12) == textes.trop_long(200)
    assert defaut("", (), 12) == textes.MOT_DE_PASSE_VIDE
