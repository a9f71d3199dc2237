"""Tables of the searches: the words that find a trainee, and how often formateurs are searched (R4)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from certif.domaine.personnes.modeles import MOT_MAX
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import Modele
from certif.socle.base.recherche import ORDRE_DES_PREFIXES


class MotStagiaire(Modele):
    """The key of a trainee's nom from one of its words on: what the search by name compares."""

    __tablename__ = "mot_stagiaire"
    __table_args__ = (Index("ix_mot_stagiaire_mot", "mot", postgresql_ops={"mot": ORDRE_DES_PREFIXES}),)

    stagiaire_id: Mapped[int] = mapped_column(
        ForeignKey("stagiaire.id", ondelete="CASCADE"), primary_key=True
    )
    mot: Mapped[str] = mapped_column(String(MOT_MAX), primary_key=True)


class RechercheFormateur(Modele):
    """One search of a formateur, for the throttle of R4; `cle` is a keyed hash, never the person searched."""

    __tablename__ = "recherche_formateur"
    __table_args__ = (
        Index("ix_recherche_individu", "individu_id", "quand"),
        Index("ix_recherche_entite", "entite_id", "quand"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    quand: Mapped[datetime] = mapped_column(Instant)
    cle: Mapped[str] = mapped_column(String(64))
