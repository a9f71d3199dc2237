"""Waiting for an outage to end: noted by whoever met it, forgotten by the first work that goes through."""

from datetime import datetime

from sqlalchemy import delete, func, select

from certif.domaine.pannes.modeles import Attente, Panne, SorteDePanne
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel

D_AILLEURS = (
    SorteDePanne.STOCKAGE,
    SorteDePanne.PLEIN,
    SorteDePanne.BASE,
    SorteDePanne.FILE,
    SorteDePanne.OUVRIER,
    SorteDePanne.SUITES,
)
"""What stops the work on every session; the others concern those that met them."""


def attendre(session_numero: int, sorte: SorteDePanne) -> None:
    """Note, in the caller's transaction, what the files of this session wait for."""
    ligne = db.session.get(Attente, session_numero)
    if ligne is None:
        db.session.add(Attente(session_numero=session_numero, sorte=sorte, depuis=instant_reel()))
    else:
        ligne.sorte = sorte


def reprendre(session_numero: int) -> None:
    """Work on the files of this session goes through again; in the caller's transaction."""
    db.session.execute(delete(Attente).where(Attente.session_numero == session_numero))


def attente_de(session_numero: int) -> SorteDePanne | None:
    """What the files of this session wait for, as far as whoever worked on them knew."""
    return db.session.scalar(select(Attente.sorte).filter_by(session_numero=session_numero))


def panne_generale(*sauf: SorteDePanne) -> SorteDePanne | None:
    """The outage under way that stops every session, the oldest if there are several; none of `sauf`."""
    requete = select(Panne.sorte).where(
        Panne.fin.is_(None), Panne.sorte.in_(D_AILLEURS), Panne.sorte.not_in(sauf)
    )
    return db.session.scalar(requete.order_by(Panne.debut).limit(1))


def derniere_panne() -> datetime | None:
    """When the last outage that stops every session was seen, in real time: now, as long as one lasts.

    A claim made before that lapsed for a reason that is not its own.
    """
    if panne_generale() is not None:
        return instant_reel()
    return db.session.scalar(select(func.max(Panne.fin)).where(Panne.sorte.in_(D_AILLEURS)))
