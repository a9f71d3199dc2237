"""Mails that a server refused for good, for whoever can do something about it.

Only the last mail whose fate is known counts: one that went since says that the address is right again. What
waits, or was given up for want of a server, says nothing of an address.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.socle.base.extensions import db

_SORT_CONNU = or_(Courrier.etat == EtatCourrier.ENVOYE, Courrier.refuse_le.is_not(None))


def refus_de_la_session(numero: int) -> dict[int, datetime]:
    """By person, when the last mail to them about this session was refused."""
    derniers = (
        select(func.max(Courrier.id))
        .where(Courrier.session_numero == numero, Courrier.destinataire_id.is_not(None), _SORT_CONNU)
        .group_by(Courrier.destinataire_id)
    )
    requete = select(Courrier.destinataire_id, Courrier.refuse_le).where(
        Courrier.id.in_(derniers), Courrier.refuse_le.is_not(None)
    )
    return {qui: quand for qui, quand in db.session.execute(requete) if qui is not None and quand is not None}


def refus_de(individu_id: int) -> datetime | None:
    """When the last mail to this person's own address was refused; None when it went."""
    requete = (
        select(Courrier.refuse_le)
        .where(Courrier.destinataire_id == individu_id, _SORT_CONNU)
        .order_by(Courrier.id.desc())
        .limit(1)
    )
    return db.session.scalar(requete)


def refus_des_evenements(evenements: Collection[str]) -> dict[str, datetime]:
    """By event, when its mail was refused: of mails to an address that is nobody's yet."""
    requete = select(Courrier.evenement, Courrier.refuse_le).where(
        Courrier.evenement.in_(evenements), Courrier.refuse_le.is_not(None)
    )
    return {evenement: quand for evenement, quand in db.session.execute(requete) if quand is not None}
