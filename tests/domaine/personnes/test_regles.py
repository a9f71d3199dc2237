"""Who may be one person entered twice."""

from datetime import date

import pytest

from certif.domaine.personnes.regles import Cles, ressemblent

LE_MEME_JOUR, UN_AUTRE_JOUR = date(1990, 2, 1), date(1991, 2, 1)
MARIE = Cles("lefevre", "marie", LE_MEME_JOUR)


@pytest.mark.parametrize(
    "autre",
    [
        MARIE,
        Cles("marie", "lefevre", LE_MEME_JOUR),
        Cles("lefevre", "marie", UN_AUTRE_JOUR),
        Cles("lefevre", "marie", None),
        Cles("lefebvre", "marie", LE_MEME_JOUR),
        Cles("lefevremartin", "marie", LE_MEME_JOUR),
        Cles("lefevre", "mariefrance", LE_MEME_JOUR),
        Cles("lefevre", "", LE_MEME_JOUR),
        Cles("mariie", "lefevr", LE_MEME_JOUR),
    ],
)
def test_these_may_be_the_same_person(autre: Cles) -> None:
    assert ressemblent(MARIE, autre)
    assert ressemblent(autre, MARIE)


@pytest.mark.parametrize(
    "autre",
    [
        Cles("lefebvre", "marie", UN_AUTRE_JOUR),
        Cles("lefebvre", "marie", None),
        Cles("durand", "marie", LE_MEME_JOUR),
        Cles("lefevre", "jean", LE_MEME_JOUR),
    ],
)
def test_these_are_two_persons(autre: Cles) -> None:
    assert not ressemblent(MARIE, autre)
    assert not ressemblent(autre, MARIE)


def test_a_missing_date_never_counts_as_the_same_day() -> None:
    assert not ressemblent(Cles("lefevre", "marie", None), Cles("lefebvre", "marie", None))
