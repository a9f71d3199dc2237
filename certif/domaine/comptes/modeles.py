"""Persons, organisations and the roles that link them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.socle.colonnes import Instant, enumeration
from certif.socle.extensions import Modele
from certif.socle.horloge import aujourd_hui


class TypeRole(StrEnum):
    """What a person may be in the application."""

    GESTIONNAIRE = "gestionnaire"
    DELEGATAIRE = "delegataire"
    FORMATEUR = "formateur"
    ADMINISTRATEUR = "administrateur"


ROLES_ENTITE = (TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE)


class Logo(Modele):
    """A picture that certificates may name, under the SHA-256 of its PNG: changed, it is another one."""

    __tablename__ = "logo"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    png: Mapped[bytes] = mapped_column(LargeBinary)


class Entite(Modele):
    """A training organisation; `suspendue_le` leaves it reading and downloading only (R17).

    `signataire` and `signataire_qualite` are printed on its certificates, with its logo.
    """

    __tablename__ = "entite"

    id: Mapped[int] = mapped_column(primary_key=True)
    raison_sociale: Mapped[str] = mapped_column(String(160))
    adresse: Mapped[str] = mapped_column(String(200), default="")
    code_postal: Mapped[str] = mapped_column(String(5), default="")
    ville: Mapped[str] = mapped_column(String(80), default="")
    suspendue_le: Mapped[date | None]
    signataire: Mapped[str] = mapped_column(String(160), default="", server_default="")
    signataire_qualite: Mapped[str] = mapped_column(String(80), default="", server_default="")
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("logo.sha256"))

    @property
    def suspendue(self) -> bool:
        """Whether the suspension has begun."""
        return self.suspendue_le is not None and self.suspendue_le <= aujourd_hui()


class Individu(Modele):
    """A person: one account and one N° Forprev, whatever the number of roles.

    `timbre` changes whenever every open login must end; `cle_nom` and `cle_prenom` are R4's keys.
    """

    __tablename__ = "individu"
    __table_args__ = (Index("ix_individu_identite", "cle_nom", "cle_prenom", "date_naissance"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(String(8), unique=True)
    nom: Mapped[str] = mapped_column(String(80))
    prenom: Mapped[str] = mapped_column(String(80), default="")
    cle_nom: Mapped[str] = mapped_column(String(320))
    cle_prenom: Mapped[str] = mapped_column(String(320), default="")
    date_naissance: Mapped[date | None]
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    mot_de_passe: Mapped[str | None] = mapped_column(String(255))
    timbre: Mapped[str] = mapped_column(String(32))
    actif: Mapped[bool] = mapped_column(default=True)
    fin_le: Mapped[date | None]
    derniere_connexion: Mapped[datetime | None] = mapped_column(Instant)

    roles: Mapped[list[Role]] = relationship(back_populates="individu", order_by="Role.id")


class Role(Modele):
    """One role of one person, in one entité where the role belongs to one; `fin_le` is its last day."""

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint(
            "(type IN ('gestionnaire','delegataire')) = (entite_id IS NOT NULL)", name="entite_du_role"
        ),
        UniqueConstraint("individu_id", "type", "entite_id"),
        # NULLs are distinct in a unique constraint: roles without entité need their own.
        Index(
            "uq_role_sans_entite",
            "individu_id",
            "type",
            unique=True,
            sqlite_where=text("entite_id IS NULL"),
            postgresql_where=text("entite_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    type: Mapped[TypeRole] = mapped_column(enumeration(TypeRole))
    entite_id: Mapped[int | None] = mapped_column(ForeignKey("entite.id"), index=True)
    actif: Mapped[bool] = mapped_column(default=True)
    fin_le: Mapped[date | None]

    individu: Mapped[Individu] = relationship(back_populates="roles")
    entite: Mapped[Entite | None] = relationship()
