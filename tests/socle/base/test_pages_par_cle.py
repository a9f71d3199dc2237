"""Page after page by key: every row once, whatever comes and goes meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from certif.domaine.journal import EntreeJournal
from certif.socle.base import pages_par_cle, pagination
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Place
from certif.socle.horloge import maintenant

TAILLE, LIGNES = 3, 20
E = EntreeJournal
ORDRES: dict[str, tuple[Any, ...]] = {
    "one column": (E.id.desc(),),
    "the same way": (E.quand.desc(), E.objet_id.desc(), E.id.desc()),
    "each its own way": (E.objet_id, E.quand.desc(), E.id),
    "what is worked out": (func.coalesce(E.acteur_id, E.objet_id), E.id.desc()),
}


@pytest.fixture(autouse=True)
def petites(chaque_base: str, contexte: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of three rows; many rows that share what sorts them."""
    for module in (pagination, pages_par_cle):
        monkeypatch.setattr(module, "PAR_PAGE", TAILLE)
    db.session.execute(delete(E))
    for rang in range(LIGNES):
        ajouter(rang)


def ajouter(rang: int) -> int:
    """A line that shares its day with four and its object with seven; its id."""
    jour = maintenant().replace(microsecond=123_456) + timedelta(days=rang % 4)
    ligne = E(quand=jour.replace(hour=0), role="", action="essai", objet="session", objet_id=rang % 7)
    db.session.add(ligne)
    db.session.flush()
    return ligne.id


def page(ordre: tuple[Any, ...], place: Place | None) -> PageDe[E]:
    assert place is not None
    return feuilleter(select(E), place, ordre)


def cles(lue: PageDe[E]) -> list[int]:
    return [ligne.id for ligne in lue.lignes]


def toutes(ordre: tuple[Any, ...]) -> list[int]:
    return list(db.session.scalars(select(E.id).order_by(*ordre)))


@pytest.mark.parametrize("ordre", ORDRES.values(), ids=ORDRES)
def test_there_and_back_shows_every_row_once_in_its_order(ordre: tuple[Any, ...]) -> None:
    lue = page(ordre, Place())
    aller = cles(lue)
    retour: list[int] = []
    while lue.suivante:
        lue = page(ordre, lue.suivante)
        aller += cles(lue)
    assert aller == toutes(ordre)
    assert (lue.page, lue.premier, lue.dernier, lue.total) == (7, 19, 20, 20)
    while lue.precedente:
        lue = page(ordre, lue.precedente)
        retour = cles(lue) + retour
    assert retour == aller[:18]
    assert (lue.page, lue.premier, lue.dernier) == (1, 1, 3)


def test_rows_that_come_first_meanwhile_are_shown_to_who_goes_back_to_them() -> None:
    ordre = ORDRES["one column"]
    deuxieme = page(ordre, page(ordre, Place()).suivante)
    neuves = [ajouter(0), ajouter(1)]
    troisieme, avant = page(ordre, deuxieme.suivante), page(ordre, deuxieme.precedente)
    assert cles(troisieme) == toutes(ordre)[8:11], "nothing is shown twice"
    assert cles(avant) == toutes(ordre)[2:5], "nothing is passed over"
    assert avant.page == 2
    assert cles(page(ordre, avant.precedente))[:2] == neuves[::-1]


def test_the_row_that_a_page_begins_after_is_gone() -> None:
    ordre = ORDRES["one column"]
    suite = page(ordre, Place()).suivante
    assert suite is not None
    db.session.execute(delete(E).where(E.id == suite.apres))
    assert cles(page(ordre, suite)) == toutes(ordre)[3:6], "found by its number"


def test_all_that_followed_is_gone() -> None:
    ordre = ORDRES["one column"]
    suite = page(ordre, Place()).suivante
    assert suite is not None
    db.session.execute(delete(E).where(E.id < suite.apres))
    derniere = page(ordre, suite)
    assert (cles(derniere), derniere.page) == (toutes(ordre), 1)
    assert derniere.seule


def test_ranks_stay_within_a_list_that_shrank() -> None:
    ordre = ORDRES["one column"]
    quatrieme = page(ordre, Place(3)).suivante
    db.session.execute(delete(E).where(E.id.in_(toutes(ordre)[:6])))
    lue = page(ordre, quatrieme)
    assert (lue.premier, lue.dernier, lue.total) == (10, 12, 14)
    while lue.suivante:
        lue = page(ordre, lue.suivante)
        assert lue.dernier <= lue.total


@pytest.mark.parametrize("cle", [0, -1, 2**31 - 1, "x", "1"])
def test_a_key_that_is_nobodys_is_as_if_it_were_absent(cle: int | str) -> None:
    ordre = ORDRES["one column"]
    assert cles(page(ordre, Place(2, apres=cle))) == toutes(ordre)[3:6]
    assert cles(page(ordre, Place(2, avant=cle))) == toutes(ordre)[3:6]


def test_a_row_of_another_list_is_no_place_in_this_one() -> None:
    siennes = select(E).where(E.objet_id == 1)
    autre = db.session.scalar(select(E.id).where(E.objet_id == 2))
    lue = feuilleter(siennes, Place(2, apres=autre), (E.id,))
    assert lue.page == 1 and all(ligne.objet_id == 1 for ligne in lue.lignes)


def test_pages_go_on_beyond_what_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "COMPTE_MAX", 2 * TAILLE)
    ordre = ORDRES["the same way"]
    lue = page(ordre, Place(99))
    assert (lue.page, lue.total, lue.plus) == (2, 6, True)
    vues = cles(lue)
    while lue.suivante:
        lue = page(ordre, lue.suivante)
        vues += cles(lue)
    assert vues == toutes(ordre)[3:]
    assert (lue.premier, lue.dernier) == (19, 20)
