"""Tables cut into pages: no row lost, none out of its page, none left alone."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from certif.documents.rendu.coupes import ENSEMBLE, Feuillet, Liste, Page, paginer

LIGNE = 12.0
PAGE = Feuillet(hauteur=400, cloture=80, ample=30, serre=20)

listes = st.lists(
    st.builds(
        Liste,
        st.floats(0, 60),
        st.floats(10, 40),
        st.lists(st.sampled_from([LIGNE, LIGNE, LIGNE, 25.0, 84.0]), min_size=1, max_size=40).map(tuple),
    ),
    min_size=1,
    max_size=2,
)


def hauteur(page: Page, tables: list[Liste]) -> float:
    avant = sum(tables[m.liste].avant for m in page if m.debut == 0)
    return avant + sum(tables[m.liste].titres + sum(m.hauteurs) for m in page)


def rangees(page: Page) -> int:
    return sum(len(m.hauteurs) for m in page)


@given(listes)
def test_chaque_rangee_tient_une_fois_a_sa_place(tables: list[Liste]) -> None:
    pages = paginer(tables, PAGE)
    lues = [(m.liste, m.debut + i) for page in pages for m in page for i in range(len(m.hauteurs))]
    assert lues == [(rang, i) for rang, table in enumerate(tables) for i in range(len(table.textes))]
    assert all(hauteur(page, tables) <= PAGE.hauteur for page in pages)
    assert hauteur(pages[-1], tables) + PAGE.cloture <= PAGE.hauteur
    for page in pages:
        for m in page:
            textes = tables[m.liste].textes[m.debut :]
            assert all(h >= max(PAGE.serre, texte) for h, texte in zip(m.hauteurs, textes, strict=False))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=2))
def test_aucune_rangee_ne_reste_seule(nombres: list[int]) -> None:
    tables = [Liste(30, 20, (LIGNE,) * nombre) for nombre in nombres]
    pages = paginer(tables, PAGE)
    for page in pages:
        for m in page:
            entiere = len(m.hauteurs) == nombres[m.liste]
            assert entiere or len(m.hauteurs) >= ENSEMBLE
    assert rangees(pages[-1]) >= min(ENSEMBLE, sum(nombres))


def test_les_rangees_se_serrent_plutot_que_de_passer_la_page() -> None:
    """400 - 80 leave 320 points to a table without headings: 10 rows of 30, 16 of 20."""
    hauteurs = {
        nombre: [m.hauteurs[0] for page in paginer([Liste(0, 0, (LIGNE,) * nombre)], PAGE) for m in page]
        for nombre in (10, 11, 16, 17)
    }
    assert hauteurs == {10: [30], 11: [29], 16: [20], 17: [30, 30]}


def test_un_titre_va_avec_ses_premieres_rangees() -> None:
    """Two rows of the second table would fit under the first one: they wait for the others."""
    tables = [Liste(0, 0, (LIGNE,) * 14), Liste(30, 20, (LIGNE,) * 5)]
    assert [[m.liste for m in page] for page in paginer(tables, replace(PAGE, ample=20))] == [[0], [1]]


def test_sans_rangee_il_y_a_une_page() -> None:
    assert paginer([Liste(30, 20, ())], PAGE) == ((),)
