"""The table of the models."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.sessions.modeles import Canevas
from certif.domaine.sessions.modeles_gardes import regles
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import Modele


class ModeleGarde(Canevas, Modele):
    """A `Canevas` under a name that the entité chose; never a stagiaire, never a date of session.

    `rappele_le`: the day of the « Rappel MAC », if one is wanted. `servi_le`: when it was kept, then when it
    last opened a session. `auteur_id`: who kept it; a délégataire sees no other's (R9).
    """

    __tablename__ = "modele_garde"
    __table_args__ = (Index("ix_modele_garde_entite", "entite_id", "servi_le"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    nom: Mapped[str] = mapped_column(String(regles.NOM_MAX))
    rappele_le: Mapped[date | None] = mapped_column(index=True)
    servi_le: Mapped[datetime] = mapped_column(Instant)

    entite: Mapped[Entite] = relationship()
    auteur: Mapped[Individu] = relationship(foreign_keys=auteur_id)
