"""The journal: who did what, by identifiers only, kept three years (R18)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from certif.domaine.acteur import Acteur
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import Modele, db
from certif.socle.horloge import maintenant


class EntreeJournal(Modele):
    """One line; `objet` and `objet_id` say on what, `avant` and `apres` what changed. Never a name."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_objet", "objet_id", "objet", "quand"),
        Index("ix_journal_objet_quand", "objet", "quand"),
        Index("ix_journal_acteur", "acteur_id", "quand"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quand: Mapped[datetime] = mapped_column(Instant, index=True)
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"))
    role: Mapped[str] = mapped_column(String(20), default="")
    action: Mapped[str] = mapped_column(String(40))
    objet: Mapped[str] = mapped_column(String(40))
    objet_id: Mapped[int]
    avant: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    apres: Mapped[dict[str, Any] | None] = mapped_column(JSON)


SYSTEME = "systeme"
"""The application, by itself."""

Auteur = Acteur | int | str
"""Who did it: an actor, a person on their own account (their id), or a program (SYSTEME, "" by command)."""


def consigner(
    auteur: Auteur,
    action: str,
    objet: str,
    objet_id: int,
    *,
    avant: dict[str, Any] | None = None,
    apres: dict[str, Any] | None = None,
) -> None:
    """Add a line to the journal, in the caller's transaction."""
    qui, role = _identifier(auteur)
    db.session.add(
        EntreeJournal(
            quand=maintenant(),
            acteur_id=qui,
            role=role,
            action=action,
            objet=objet,
            objet_id=objet_id,
            avant=avant,
            apres=apres,
        )
    )


def _identifier(auteur: Auteur) -> tuple[int | None, str]:
    if isinstance(auteur, Acteur):
        return auteur.individu_id, auteur.role.value
    return (auteur, "") if isinstance(auteur, int) else (None, auteur)
