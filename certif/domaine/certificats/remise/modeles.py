"""The codes of a generated session: erased with their certificates."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.certificats.modeles import CertificatEmis
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import Modele


class CodeDeRemise(Modele):
    """One code of one certificate: the last one made serves, unless it was stopped.

    The code itself is written nowhere: it is computed again from `sel` with the secret key, and recognised by
    `empreinte`, a keyed hash. `essais` counts wrong birth dates; `ouvertures` how often the file was handed
    over, first and last when. Those that were stopped stay, so that their holder is told whom to ask.
    """

    __tablename__ = "code_de_remise"
    __table_args__ = (
        Index("ix_code_de_remise_certificat", "certificat_emis_id"),
        Index(
            "uq_code_de_remise_vivant",
            "certificat_emis_id",
            unique=True,
            sqlite_where=text("arrete_le IS NULL"),
            postgresql_where=text("arrete_le IS NULL"),
        ),
        CheckConstraint("(ouvertures > 0) = (premiere_ouverture IS NOT NULL)", name="premiere_ouverture"),
        CheckConstraint("(ouvertures > 0) = (derniere_ouverture IS NOT NULL)", name="derniere_ouverture"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificat_emis_id: Mapped[int] = mapped_column(ForeignKey("certificat_emis.id", ondelete="CASCADE"))
    sel: Mapped[str] = mapped_column(String(43))
    empreinte: Mapped[str] = mapped_column(String(64), unique=True)
    cree_le: Mapped[datetime] = mapped_column(Instant)
    arrete_le: Mapped[datetime | None] = mapped_column(Instant)
    essais: Mapped[int] = mapped_column(default=0)
    ouvertures: Mapped[int] = mapped_column(default=0)
    premiere_ouverture: Mapped[datetime | None] = mapped_column(Instant)
    derniere_ouverture: Mapped[datetime | None] = mapped_column(Instant)

    certificat_emis: Mapped[CertificatEmis] = relationship()
