"""Reading mails, for the demonstration's mailbox."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.domaine.courriers.modeles import Courrier
from certif.socle.base.extensions import db

NOMBRE_MAX = 100


def derniers_courriers() -> list[Courrier]:
    """The last hundred mails with their recipients, latest first."""
    requete = select(Courrier).options(joinedload(Courrier.destinataire)).order_by(Courrier.id.desc())
    return list(db.session.scalars(requete.limit(NOMBRE_MAX)))


def courrier(courrier_id: int) -> Courrier | None:
    """One mail with its recipient."""
    requete = select(Courrier).options(joinedload(Courrier.destinataire)).where(Courrier.id == courrier_id)
    return db.session.scalar(requete)
