"""Who hears from the application about a session, on the entité's side."""

from sqlalchemy import select

from certif.domaine.comptes.lectures import en_cours
from certif.domaine.comptes.modeles import Individu, Role, TypeRole
from certif.socle.extensions import db


def destinataires(entite_id: int, declarant_id: int) -> list[int]:
    """Of a session, the declarer; the gestionnaires in their place once they have left the entité (R17)."""
    presents = (
        select(Role.individu_id)
        .join(Role.individu)
        .where(Role.entite_id == entite_id, en_cours(Role), en_cours(Individu))
        .order_by(Role.individu_id)
    )
    if db.session.scalar(presents.where(Role.individu_id == declarant_id).limit(1)) is not None:
        return [declarant_id]
    return list(db.session.scalars(presents.where(Role.type == TypeRole.GESTIONNAIRE)))
