"""Rows that are held: whoever else wants to change them waits until the transaction ends.

On SQLite, where there is one writer, the transaction itself is what others wait for.
"""

from typing import Any, TypeVar

from sqlalchemy import Select, select

from certif.socle.base.extensions import db

T = TypeVar("T")


def tenir(requete: Select[T], modele: Any, *, cle_seule: bool = False) -> Select[T]:
    """The same query, which holds the rows of `modele` that it finds, and reads them anew.

    `cle_seule` lets others refer to them meanwhile.
    """
    tenue = requete.with_for_update(of=modele, key_share=cle_seule)
    return tenue.execution_options(populate_existing=True)


def attendre(modele: Any, identifiant: int, *, cle_seule: bool = False) -> None:
    """Let those who hold this row finish, then hold it, unread: what others count or number is in order."""
    requete = select(modele.id).where(modele.id == identifiant)
    db.session.execute(requete.with_for_update(key_share=cle_seule))
