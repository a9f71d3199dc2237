"""Roles that a gestionnaire gives, until the person accepts (R17)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.acteur import ROLES_ENTITE, TypeRole
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.colonnes import Instant, enumeration, parmi
from certif.socle.base.extensions import Modele


class RolePropose(Modele):
    """A role of an entité offered to whoever has this address: it gives nothing, and counts for nobody.

    Names and address stand as the gestionnaire `par_id` typed them, and name no `Individu`: nothing here
    tells whether there is one. `condense` is the SHA-256 of the mailed link's secret. `fin_le` is the last
    day of the role. Past `expire_le`, real time, the row is nothing any more, and it is erased.
    """

    __tablename__ = "role_propose"
    __table_args__ = (
        UniqueConstraint("entite_id", "email", "type"),
        CheckConstraint(parmi("type", ROLES_ENTITE), name="type_propose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    type: Mapped[TypeRole] = mapped_column(enumeration(TypeRole))
    nom: Mapped[str] = mapped_column(String(80))
    prenom: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(254), index=True)
    fin_le: Mapped[date | None]
    par_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    condense: Mapped[str] = mapped_column(String(64), unique=True)
    cree_le: Mapped[datetime] = mapped_column(Instant)
    expire_le: Mapped[datetime] = mapped_column(Instant, index=True)
    refuse_le: Mapped[datetime | None] = mapped_column(Instant)

    entite: Mapped[Entite] = relationship()
