"""When a person last came into the space of an entité: what its gestionnaires may know of their logins."""

from __future__ import annotations

from sqlalchemy import update

from certif.domaine.comptes.lectures import Espace, Personne
from certif.domaine.comptes.modeles import Role
from certif.socle.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.transaction import transaction


def noter(present: Personne, espace: Espace) -> None:
    """Remember that this login came into an entité's space: written once for each login, in real time."""
    venue = espace.derniere_venue
    if espace.entite_id is None or (venue is not None and venue >= present.ouverte_le):
        return
    role = {"individu_id": espace.individu_id, "type": espace.role, "entite_id": espace.entite_id}
    with transaction():
        db.session.execute(update(Role).filter_by(**role).values(derniere_venue=instant_reel()))
