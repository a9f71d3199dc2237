"""Outages: what refuses to work for reasons that no certificate has, and who waits for it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from certif.socle.base.colonnes import Instant, enumeration
from certif.socle.base.extensions import Modele


class SorteDePanne(StrEnum):
    """What is missing: the store or room in it, the database, the queue, who makes certificates, who makes
    what follows them, the key that seals, or the version of the application that wrote the data.
    """

    STOCKAGE = "stockage"
    PLEIN = "plein"
    BASE = "base"
    FILE = "file"
    OUVRIER = "ouvrier"
    SUITES = "suites"
    SCEAU = "sceau"
    VERSION = "version"


_EN_COURS = text("fin IS NULL")


class Panne(Modele):
    """One outage, in real time; without `fin`, it lasts. `annonce_le`: since when administrateurs know."""

    __tablename__ = "panne"
    __table_args__ = (
        Index("uq_panne_en_cours", "sorte", unique=True, sqlite_where=_EN_COURS, postgresql_where=_EN_COURS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sorte: Mapped[SorteDePanne] = mapped_column(enumeration(SorteDePanne))
    debut: Mapped[datetime] = mapped_column(Instant)
    fin: Mapped[datetime | None] = mapped_column(Instant)
    annonce_le: Mapped[datetime | None] = mapped_column(Instant)


class Attente(Modele):
    """What the work on a session's files waits for, as whoever worked on them last found it."""

    __tablename__ = "attente"

    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sorte: Mapped[SorteDePanne] = mapped_column(enumeration(SorteDePanne))
    depuis: Mapped[datetime] = mapped_column(Instant)
