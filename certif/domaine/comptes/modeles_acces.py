"""How a person proves who they are: one-time links, recovery codes, passkeys. All in real time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.comptes.modeles import Entite, Individu
from certif.socle.colonnes import Instant, enumeration
from certif.socle.extensions import Modele


class SorteLien(StrEnum):
    """What a one-time link does for who holds it."""

    INVITATION = "invitation"
    MOT_DE_PASSE = "mot_de_passe"
    NOUVEL_EMAIL = "nouvel_email"
    OPPOSITION = "opposition"


class LienCompte(Modele):
    """A one-time link that was mailed: only the SHA-256 of its secret is kept.

    `email` is the address that a NOUVEL_EMAIL confirms, or that an OPPOSITION gives back; `entite_id` the
    entité that an INVITATION comes from, None when the platform invites.
    """

    __tablename__ = "lien_compte"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), index=True)
    sorte: Mapped[SorteLien] = mapped_column(enumeration(SorteLien))
    email: Mapped[str | None] = mapped_column(String(254))
    entite_id: Mapped[int | None] = mapped_column(ForeignKey("entite.id"))
    cree_le: Mapped[datetime] = mapped_column(Instant)
    expire_le: Mapped[datetime] = mapped_column(Instant, index=True)
    utilise_le: Mapped[datetime | None] = mapped_column(Instant)

    individu: Mapped[Individu] = relationship()
    entite: Mapped[Entite | None] = relationship()


class CodeSecours(Modele):
    """One of the codes that replace a lost telephone, each once: only its digest is kept."""

    __tablename__ = "code_secours"

    id: Mapped[int] = mapped_column(primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), index=True)
    condense: Mapped[str] = mapped_column(String(64))
    utilise_le: Mapped[datetime | None] = mapped_column(Instant)


class CleAcces(Modele):
    """A passkey (WebAuthn). `identifiant` is the authenticator's, `compteur` its last signature count."""

    __tablename__ = "cle_acces"

    id: Mapped[int] = mapped_column(primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), index=True)
    identifiant: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    cle_publique: Mapped[bytes] = mapped_column(LargeBinary)
    compteur: Mapped[int] = mapped_column(BigInteger, default=0)
    libelle: Mapped[str] = mapped_column(String(80))
    cree_le: Mapped[datetime] = mapped_column(Instant)
    utilisee_le: Mapped[datetime | None] = mapped_column(Instant)
