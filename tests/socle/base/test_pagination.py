"""One page of a list: which one, and what it says of itself."""

import pytest

from certif.socle.base.pagination import PAR_PAGE, PageDe, borner, decouper


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
    page = decouper(range(1, PAR_PAGE + 3), 7)
    assert page.lignes == [PAR_PAGE + 1, PAR_PAGE + 2]
    assert (page.premier, page.dernier, page.total) == (PAR_PAGE + 1, PAR_PAGE + 2, PAR_PAGE + 2)
    assert (page.page, page.precedente, page.suivante) == (2, 1, None)
    assert decouper(range(PAR_PAGE + 1), 1).suivante == 2


def test_an_empty_list_is_one_page_without_ranks() -> None:
    page: PageDe[int] = decouper([], 1)
    assert (page.pages, page.premier, page.dernier) == (1, 0, 0)
    assert (page.precedente, page.suivante) == (None, None)
