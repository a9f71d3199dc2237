"""Tables of the searches: the words that find a trainee, and how often formateurs are searched (R4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from certif.domaine.personnes.modeles import MOT_MAX
from certif.domaine.sessions.modeles import Identification, TypeLieu
from certif.socle.colonnes import Instant, enumeration
from certif.socle.extensions import Modele
from certif.socle.recherche import ORDRE_DES_PREFIXES


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


class Bilan(Modele):
    """What remains of a session once erased: figures and dates, nobody's identity (R8)."""

    __tablename__ = "bilan"

    numero: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"), index=True)
    declarant_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    certificat_id: Mapped[int] = mapped_column(ForeignKey("certificat.id"))
    formateur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    identification: Mapped[Identification] = mapped_column(enumeration(Identification))
    date_fin: Mapped[date]
    lieu_type: Mapped[TypeLieu] = mapped_column(enumeration(TypeLieu))
    code_postal: Mapped[str | None] = mapped_column(String(5))
    ville: Mapped[str | None] = mapped_column(String(80))
    pays: Mapped[str | None] = mapped_column(String(2))
    mouvements: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    stagiaires: Mapped[int]
    reussites: Mapped[int]
    echecs: Mapped[int]
    motifs_echec: Mapped[dict[str, int]] = mapped_column(JSON)
    etabli_le: Mapped[datetime] = mapped_column(Instant)


class AvertissementConfirme(Modele):
    """A warning answered « C'est exact »: the `marque` of what was judged (R12), erased with the session."""

    __tablename__ = "avertissement_confirme"

    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), primary_key=True
    )
    marque: Mapped[str] = mapped_column(String(64), primary_key=True)
