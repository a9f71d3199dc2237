"""Telling the entité, once each time, that the formateur who is awaited cannot answer any more (R17)."""

from __future__ import annotations

from sqlalchemy import select, update

from certif.domaine.sessions.annonces import annoncer_formateur_empeche
from certif.domaine.sessions.droits.conditions import refus_des_droits
from certif.domaine.sessions.droits.relais import formateur_empeche
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import maintenant

LOT = 10
"""Sessions that one transaction tells about: each takes a few statements, while others wait to write."""


def prevenir() -> None:
    """Write the mails that are due, and forget the sessions whose formateur can answer, or that moved on.

    Nothing is written, nor locked, when nothing has changed.
    """
    s = SessionCertification
    remises = s.empeche_le.is_not(None) & ~formateur_empeche()
    if db.session.scalar(select(s.numero).where(remises).limit(1)) is not None:
        with transaction():
            db.session.execute(
                update(s).where(remises).values(empeche_le=None).execution_options(synchronize_session=False)
            )
    a_dire = select(s.numero).where(s.empeche_le.is_(None), formateur_empeche()).order_by(s.numero).limit(LOT)
    while numeros := list(db.session.scalars(a_dire)):
        with transaction():
            _dire(numeros)


def _dire(numeros: list[int]) -> None:
    """Those of these that nobody was told of yet, under their lock."""
    s = SessionCertification
    requete = (
        select(s).where(s.numero.in_(numeros), s.empeche_le.is_(None), formateur_empeche()).order_by(s.numero)
    )
    sessions = list(db.session.scalars(tenir(requete, s)))
    refus = refus_des_droits(sessions)
    for session_certif in sessions:
        session_certif.empeche_le = maintenant()
        annoncer_formateur_empeche(session_certif, refus.get(session_certif.numero, ""))
