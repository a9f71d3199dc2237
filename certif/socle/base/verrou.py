"""Rows that are held: whoever else wants to change them waits until the transaction ends.

On SQLite, where there is one writer, the transaction itself is what others wait for.
"""

from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Select

from certif.socle.base.extensions import db

T = TypeVar("T")
Colonnes = TypeVarTuple("Colonnes")


def tenir(requete: Select[*Colonnes], modele: Any, *, cle_seule: bool = False) -> Select[*Colonnes]:
    """The same query, which holds the rows of `modele` that it finds, and reads them anew.

    `cle_seule` lets others refer to them meanwhile.
    """
    requete = requete.with_for_update(of=modele, key_share=cle_seule)
    return requete.execution_options(populate_existing=True)


def tenue(modele: type[T], identifiant: int) -> T | None:
    """This row, held and read anew; None when there is none."""
    return db.session.get(modele, identifiant, populate_existing=True, with_for_update={"of": modele})


def attendre(lignes: Select[int], *, cle_seule: bool = False) -> None:
    """Let those who hold these rows finish, then hold them, unread: what others count or number is in order.

    `lignes` selects their identifiers.
    """
    db.session.execute(lignes.with_for_update(key_share=cle_seule)).all()
