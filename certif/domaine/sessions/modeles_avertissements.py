"""The table of the warnings that were answered (R12)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from certif.socle.extensions import Modele


class AvertissementConfirme(Modele):
    """A warning answered « C'est exact »: the `marque` of what was judged (R12), erased with the session."""

    __tablename__ = "avertissement_confirme"

    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), primary_key=True
    )
    marque: Mapped[str] = mapped_column(String(64), primary_key=True)
