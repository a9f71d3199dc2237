"""One page of a list: which one, and what it says of itself."""

import pytest
from sqlalchemy import select

from certif.domaine.journal import EntreeJournal, consigner
from certif.socle.base import pagination
from certif.socle.base.pagination import PAR_PAGE, PREMIERE, PageDe, Place, borner, decouper, paginer
from certif.socle.base.transaction import transaction


@pytest.mark.parametrize(
    ("demandee", "total", "rendue"),
    [
        (1, 0, 1),
        (9, 0, 1),
        (-1, 1, 1),
        (2, PAR_PAGE, 1),
        (2, PAR_PAGE + 1, 2),
        (10**9, 2 * PAR_PAGE, 2),
    ],
)
def test_a_page_that_is_not_there_is_the_nearest_one(demandee: int, total: int, rendue: int) -> None:
    assert borner(demandee, total) == rendue


def test_the_last_page_holds_the_rest() -> None:
    page = decouper(range(1, PAR_PAGE + 3), Place(7))
    assert page.lignes == [PAR_PAGE + 1, PAR_PAGE + 2]
    assert (page.premier, page.dernier, page.total) == (PAR_PAGE + 1, PAR_PAGE + 2, PAR_PAGE + 2)
    assert (page.page, page.precedente, page.suivante) == (2, PREMIERE, None)
    assert decouper(range(PAR_PAGE + 1), PREMIERE).suivante == Place(2)


def test_an_empty_list_is_one_page_without_ranks() -> None:
    page: PageDe[int] = decouper([], PREMIERE)
    assert (page.pages, page.premier, page.dernier) == (1, 0, 0)
    assert (page.precedente, page.suivante) == (None, None)


@pytest.mark.usefixtures("chaque_base", "contexte")
@pytest.mark.parametrize(("lignes", "plus"), [(2 * PAR_PAGE, False), (2 * PAR_PAGE + 1, True)])
def test_no_more_are_counted_than_a_list_leads_to(
    monkeypatch: pytest.MonkeyPatch, lignes: int, plus: bool
) -> None:
    monkeypatch.setattr(pagination, "COMPTE_MAX", 2 * PAR_PAGE)
    with transaction():
        for numero in range(lignes):
            consigner("", "essai", "session", numero)
    e = EntreeJournal
    page = paginer(select(e).order_by(e.objet_id), Place(9), cle=e.id)
    assert (page.page, page.pages, page.total, page.plus) == (2, 2, 2 * PAR_PAGE, plus)
    assert [ligne.objet_id for ligne in page.lignes] == list(range(PAR_PAGE, 2 * PAR_PAGE))
    assert page.suivante is None
    assert page.coupee is plus
    assert page.de(["x"]).plus is plus
