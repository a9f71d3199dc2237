"""How a person proves who they are, and the logins this opens. All in real time."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.personnes.modeles import Entite, Individu
from certif.socle.base.colonnes import Instant, enumeration
from certif.socle.base.extensions import Modele


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


class Connexion(Modele):
    """One login in one browser; kept after `fermee_le` because it makes the browser a known one.

    `navigateur` is the digest of a random token that the browser keeps: never what it says of itself.
    `appareil` is a few words for its owner to recognise it ("Firefox sur Windows").
    `second_facteur`: more than the password proved who it was.
    """

    __tablename__ = "connexion"
    __table_args__ = (Index("ix_connexion_navigateur", "individu_id", "navigateur"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    navigateur: Mapped[str] = mapped_column(String(64))
    appareil: Mapped[str] = mapped_column(String(80), default="", server_default="")
    second_facteur: Mapped[bool] = mapped_column(default=False, server_default=false())
    cree_le: Mapped[datetime] = mapped_column(Instant, index=True)
    fermee_le: Mapped[datetime | None] = mapped_column(Instant)


class TentativeConnexion(Modele):
    """One attempt. `compte` is a digest, the same kind of text whether the account exists or not.

    `navigateur` is filled only when the browser is known to this account: the two are counted apart.
    """

    __tablename__ = "tentative_connexion"
    __table_args__ = (
        Index("ix_tentative_compte", "compte", "navigateur", "quand"),
        Index("ix_tentative_adresse", "adresse", "quand"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    compte: Mapped[str] = mapped_column(String(64))
    adresse: Mapped[str] = mapped_column(String(45))
    navigateur: Mapped[str] = mapped_column(String(64), default="")
    quand: Mapped[datetime] = mapped_column(Instant)
    reussie: Mapped[bool] = mapped_column(default=False)


class SaisieConservee(Modele):
    """A form posted after its login had ended: encrypted, for its author only, for 15 minutes."""

    __tablename__ = "saisie_conservee"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), index=True)
    adresse: Mapped[str] = mapped_column(String(500))
    contenu: Mapped[bytes] = mapped_column(LargeBinary)
    cree_le: Mapped[datetime] = mapped_column(Instant, index=True)
