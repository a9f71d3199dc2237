"""Who hears from the application about a session, on the entité's side."""

from sqlalchemy import select

from certif.domaine.comptes.lectures import en_cours
from certif.domaine.comptes.modeles import Individu, Role, TypeRole
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.extensions import db


def destinataires(session_certif: SessionCertification) -> list[int]:
    """The declarer; the gestionnaires in their place once they have left the entité (R17)."""
    presents = (
        select(Role.individu_id)
        .join(Role.individu)
        .where(Role.entite_id == session_certif.entite_id, en_cours(Role), en_cours(Individu))
        .order_by(Role.individu_id)
    )
    declarant = session_certif.declarant_id
    if db.session.scalar(presents.where(Role.individu_id == declarant).limit(1)) is not None:
        return [declarant]
    return list(db.session.scalars(presents.where(Role.type == TypeRole.GESTIONNAIRE)))
