"""Reading much, a page at a time: nothing stays open meanwhile, and only one page is in memory."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select

from certif.documents.tableaux import Cellule, Piece, Tableau
from certif.domaine.journal import Auteur, consigner
from certif.socle.base.extensions import db
from certif.socle.base.lots import par_lots
from certif.socle.base.transaction import transaction

Rangees = Iterator[tuple[Cellule, ...]]
"""The rows of one table, read as they are written."""
Requete = Select[*tuple[Any, ...]]
Lue = Row[*tuple[Any, ...]]

PAGE = 1000
LOT = 200
"""Sessions whose rows are read together."""


def par_pages(requete: Requete, cle: Any) -> Iterator[Lue]:
    """Every row, in the order of `cle`: a unique column, which the query selects first."""
    page = requete.order_by(cle).limit(PAGE)
    derniere: Any = None
    while True:
        lues = lire(page if derniere is None else page.where(cle > derniere))
        yield from lues
        if len(lues) < PAGE:
            return
        derniere = lues[-1][0]


def de_chacune(numeros: Sequence[int], requete: Callable[[Sequence[int]], Requete]) -> Iterator[Lue]:
    """The rows of these sessions, some sessions at a time, in their order."""
    for lot in par_lots(numeros, LOT):
        yield from lire(requete(lot))


def lire(requete: Requete) -> Sequence[Lue]:
    """Every row at once, of what is never much."""
    lues = db.session.execute(requete).all()
    db.session.rollback()
    return lues


def noter_puis(
    contenu: Iterator[Tableau | Piece], auteur: Auteur, objet: str, objet_id: int
) -> Iterator[Tableau | Piece]:
    """The same, once the journal has that they were taken away: by who begins to read them, no other."""
    with transaction():
        consigner(auteur, "exporter", objet, objet_id)
    yield from contenu
