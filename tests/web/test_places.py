"""A place in a list, as an address writes it: read back as it was, and the first page for anything else."""

import pytest

from certif.socle.base.pagination import PREMIERE, Place
from certif.web.adresses import ecrire_place, lire_place


@pytest.mark.parametrize(
    ("place", "ecrite"),
    [
        (PREMIERE, ""),
        (Place(3), "3"),
        (Place(3, apres=812), "3-apres-812"),
        (Place(2, avant=787), "2-avant-787"),
        (Place(1, avant=787), "1-avant-787"),
        (Place(41, apres="ABCDEFGHJKLMNPQR"), "41-apres-ABCDEFGHJKLMNPQR"),
        (Place(41, avant="2345678923456789"), "41-avant-2345678923456789"),
    ],
)
def test_what_is_written_is_read(place: Place, ecrite: str) -> None:
    assert ecrire_place(place) == ecrite
    assert lire_place(ecrite) == place


ETRANGES = ["x", "-1", "²", "٣", "1e9", "9" * 10, " 3", "3-apres-", "3-avant-²", "3-après-8", "3-apres-812-"]
ETRANGES += ["3-apres-" + "A" * 25, "3-apres-812\n", "3-apres-1 OR 1=1", "3-apres-812-avant-3"]


@pytest.mark.parametrize("texte", ETRANGES)
def test_anything_else_is_the_first_page(texte: str) -> None:
    assert lire_place(texte) == PREMIERE


def test_no_page_comes_before_the_first() -> None:
    assert lire_place("0") == PREMIERE
    assert lire_place("0-avant-12") == Place(1, avant=12)
