"""What marks a database as long as a restoration that began in it has not ended.

What starts meanwhile would begin a new platform, or serve what had been erased and give numbers again.
"""

from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, insert, inspect, select

from certif.socle.base.extensions import ECRITURE, db

INACHEVEE = "restauration_inachevee"
"""A table, there before anything else of a restoration. It holds a row until all that was saved is back."""

_MARQUE = Table(INACHEVEE, MetaData(), Column("depuis", Integer))


def poser() -> None:
    """A restoration begins; on its own, for what follows may be undone at any moment."""
    with db.engine.connect() as connexion, connexion.execution_options(**{ECRITURE: True}).begin():
        _MARQUE.create(connexion, checkfirst=True)
        connexion.execute(delete(_MARQUE))
        connexion.execute(insert(_MARQUE).values(depuis=1))


def noter_tout_revenu(connexion: Connection) -> None:
    """In the transaction that puts the rows back: what remains to be done needs no backup."""
    connexion.execute(delete(_MARQUE))


def retirer() -> None:
    """Everything that a restoration asks for is done."""
    with db.engine.begin() as connexion:
        _MARQUE.drop(connexion, checkfirst=True)


def inachevee() -> bool:
    """Whether a restoration began in this database, and did not end."""
    return inspect(db.engine).has_table(INACHEVEE)


def incomplete() -> bool:
    """Whether, in addition, what was saved is not back."""
    if not inachevee():
        return False
    with db.engine.connect() as connexion:
        return connexion.execute(select(_MARQUE)).first() is not None


def refus() -> str:
    """Why nothing may start on this database, and what to do; "" when nothing speaks against it."""
    if incomplete():
        return (
            "une restauration a été interrompue dans cette base, où tout n’est pas revenu : relancez "
            "« restaurer FICHIER --cle CLE », puis recommencez."
        )
    if inachevee():
        return (
            "une restauration a commencé dans cette base et n’a pas été achevée : lancez la commande "
            "« restaurer », sans fichier, puis recommencez."
        )
    return ""
