"""Who holds a role today, and who may come in (R17): asked in one place."""

from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, Integer, Select, bindparam, or_, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui


def en_cours(modele: type[Individu] | type[Role], jour: date | None = None) -> ColumnElement[bool]:
    """SQL condition: on this day, today unless said, not deactivated nor past its last day (R17)."""
    return modele.actif.is_(True) & or_(modele.fin_le.is_(None), modele.fin_le >= (jour or aujourd_hui()))


def entite_de(entite_id: int) -> Entite:
    """The entité itself; the caller stands in it."""
    return db.session.get_one(Entite, entite_id)


def titulaires(*types: TypeRole, jour: date | None = None) -> Select[int]:
    """Select who holds one of these roles, as `en_cours`, and comes in; narrow it on `Role`, `Individu`."""
    requete = select(Role.individu_id).join(Role.individu)
    return requete.where(Role.type.in_(types), en_cours(Role, jour), en_cours(Individu, jour))


def utilisateurs_de(entite_id: int, *types: TypeRole) -> list[Individu]:
    """Who holds one of these roles in the entité today, by name."""
    requete = (
        select(Individu)
        .where(Individu.id.in_(titulaires(*types).where(Role.entite_id == entite_id)))
        .order_by(Individu.cle_nom, Individu.cle_prenom, Individu.id)
    )
    return list(db.session.scalars(requete))


def presents(type_: TypeRole, entite_id: int | None = None) -> list[int]:
    """Who holds this role today, there if it belongs to an entité, and can be written to."""
    requete = titulaires(type_).where(Role.entite_id == entite_id, Individu.email.is_not(None))
    return list(db.session.scalars(requete.order_by(Role.individu_id)))


def peut_entrer(individu_id: int | None) -> Individu | None:
    """The person, if they may come in today (R17)."""
    return db.session.scalar(select(Individu).where(Individu.id == individu_id, en_cours(Individu)))


def quiconque(role: TypeRole) -> Acteur:
    """Anybody in this role, in a statement that is built once: both ids are given when it runs."""
    qui, ou = bindparam("individu_id", type_=Integer), bindparam("entite_id", type_=Integer)
    return Acteur(cast(int, qui), role, cast(int, ou))
