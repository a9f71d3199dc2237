"""Lists that an index orders, one page after another by key: the thousandth page costs what the first does.

Who goes on from a page finds the rows that followed it, whatever has come or gone before them since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, false, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import operators

from certif.socle.base.extensions import db
from certif.socle.base.pagination import PAR_PAGE, PREMIERE, Bouts, PageDe, Place, borner, compter, limiter

Colonne = ColumnElement[Any] | InstrumentedAttribute[Any]
Ordre = Sequence[Colonne]


@dataclass(frozen=True, slots=True)
class Tranche:
    """The keys of the rows of one page, and which page it is."""

    cles: Sequence[Any]
    page: int
    suivie: bool

    @property
    def bouts(self) -> Bouts | None:
        return Bouts(self.cles[0], self.cles[-1], self.suivie) if self.cles else None


def feuilleter(
    requete: Select[*tuple[Any, ...]],
    place: Place,
    ordre: Ordre,
    *,
    a_compter: Select[*tuple[Any, ...]] | None = None,
) -> PageDe[Any]:
    """The rows of one page; counted, their keys found, then read; one more query finds where it begins.

    `ordre` ends by the key of the rows, a column that is unique; none of its columns is ever null.
    `requete` groups nothing. Rows of one entity come as that entity. `a_compter`: as many rows, without the
    joins that only show or sort them.
    """
    cle, _ = _sens(ordre[-1])
    total, plus = compter(requete if a_compter is None else a_compter)
    cles = requete.with_only_columns(cle, maintain_column_froms=True)
    tranche = trancher(cles, ordre, place, total, _depart(requete, ordre, place))
    if not tranche.cles:
        return PageDe([], total, tranche.page, plus=plus)
    lues = db.session.execute(requete.where(cle.in_(tranche.cles)).order_by(*ordre))
    lignes = list(lues.scalars()) if len(requete.column_descriptions) == 1 else list(lues.all())
    return PageDe(lignes, total, tranche.page, plus=plus, bouts=tranche.bouts)


def trancher(
    requete: Select[Any],
    ordre: Ordre,
    place: Place,
    total: int,
    depart: Sequence[Any] | None,
    valeurs: Mapping[str, Any] | None = None,
) -> Tranche:
    """The keys that `requete` gives, of the page that begins or ends beside `depart`, or else by its rank.

    `depart`: what the row that `place` names has in each column of `ordre`. `valeurs`: what `requete` is run
    with.
    """

    def lire(lue: Select[Any]) -> Sequence[Any]:
        return db.session.scalars(lue, valeurs).all()

    if depart and place.apres is not None:
        cles = lire(requete.where(_apres(ordre, depart)).order_by(*ordre).limit(PAR_PAGE + 1))
        if cles:
            return Tranche(cles[:PAR_PAGE], max(place.page, 2), len(cles) > PAR_PAGE)
    elif depart:
        envers = [_retourner(colonne) for colonne in ordre]
        cles = lire(requete.where(_apres(envers, depart)).order_by(*envers).limit(PAR_PAGE + 1))
        if len(cles) > PAR_PAGE:
            return Tranche(cles[PAR_PAGE - 1 :: -1], max(place.page, 2), suivie=True)
        place = PREMIERE  # what comes before is the first page, or less than one
    page = borner(place.page, total)
    cles = lire(limiter(requete.order_by(*ordre), page, une_de_plus=True))
    return Tranche(cles[:PAR_PAGE], page, len(cles) > PAR_PAGE)


def _depart(requete: Select[*tuple[Any, ...]], ordre: Ordre, place: Place) -> Sequence[Any] | None:
    """What the row that `place` names has in each column, if it is in the list."""
    cle, _ = _sens(ordre[-1])
    if not isinstance(place.cle, cle.type.python_type):  # nobody's page leads there
        return None
    colonnes = (_sens(colonne)[0] for colonne in ordre)
    lue = requete.with_only_columns(*colonnes, maintain_column_froms=True).where(cle == place.cle)
    return db.session.execute(lue).first()


def _apres(ordre: Ordre, depart: Sequence[Any]) -> ColumnElement[bool]:
    """The rows that come after the one which has these values.

    An index is entered by the first columns that are sorted the same way, however many share their values.
    """
    colonnes = [(*_sens(colonne), valeur) for colonne, valeur in zip(ordre, depart, strict=True)]
    condition: ColumnElement[bool] = false()
    for nue, decroissant, valeur in reversed(colonnes):
        condition = or_(nue < valeur if decroissant else nue > valeur, and_(nue == valeur, condition))
    premiere, sens, valeur = colonnes[0]
    tete = list(takewhile(lambda colonne: colonne[1] is sens, colonnes))
    ici = tuple_(*(literal(valeur, nue.type) for nue, _, valeur in tete))
    rangee = tuple_(*(nue for nue, _, _ in tete))
    # The first alone too: the others may be of another table.
    bornes = (premiere <= valeur, rangee <= ici) if sens else (premiere >= valeur, rangee >= ici)
    return and_(*bornes, condition)


def _retourner(colonne: Colonne) -> ColumnElement[Any]:
    nue, decroissant = _sens(colonne)
    return nue.asc() if decroissant else nue.desc()


def _sens(colonne: Colonne) -> tuple[Colonne, bool]:
    """What is sorted, and whether the greatest comes first."""
    if isinstance(colonne, UnaryExpression) and colonne.modifier in (operators.desc_op, operators.asc_op):
        return colonne.element, colonne.modifier is operators.desc_op
    return colonne, False
