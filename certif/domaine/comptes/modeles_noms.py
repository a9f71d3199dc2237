"""The names that are taken: which entité a raison sociale or a trade name belongs to (R17)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from certif.socle.extensions import Modele

_SEUL = text("NOT admis")


class NomPris(Modele):
    """R4's key of the raison sociale or of a trade name of an entité.

    A key belongs to one entité; whoever has it besides was `admis`: by an administrateur, or because both had
    it before the rule.
    """

    __tablename__ = "nom_pris"
    __table_args__ = (
        Index("uq_nom_pris_seul", "cle", unique=True, sqlite_where=_SEUL, postgresql_where=_SEUL),
        Index("ix_nom_pris_entite", "entite_id"),
    )

    cle: Mapped[str] = mapped_column(String(640), primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id", ondelete="CASCADE"), primary_key=True)
    admis: Mapped[bool] = mapped_column(default=False, server_default=false())
