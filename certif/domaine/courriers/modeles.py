"""Outgoing mail, as rows: written with the event that causes it, sent by a job; what reminders were said."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.personnes.modeles import Individu
from certif.domaine.valeurs import Valeur
from certif.socle.base.colonnes import Instant, enumeration, index_partiel
from certif.socle.base.extensions import Modele


class EtatCourrier(StrEnum):
    A_ENVOYER = "a_envoyer"
    ENVOYE = "envoye"
    ABANDONNE = "abandonne"


PREFIXE_DES_RECAPITULATIFS = "recapitulatif-"
"""What the event of a digest of the day begins with."""
RECAPITULATIF = f"evenement LIKE '{PREFIXE_DES_RECAPITULATIFS}%'"
"""SQL: the mail is such a digest. An index serves it as it is written."""


class Courrier(Modele):
    """One e-mail; `evenement` and the recipient make it unique, so that no event writes twice.

    `adresse` is where it goes when that is not the recipient's own address, or when there is no recipient:
    who has that address may be nobody yet. It is forgotten once the mail is sent.
    `essais` counts attempts; `prise_a` is the real time of the running attempt, or of the last one.
    `refuse_le`: when a server refused it for good, if it was written to the recipient's own address or to
    nobody's yet.
    """

    __tablename__ = "courrier"
    __table_args__ = (
        UniqueConstraint("evenement", "destinataire_id"),
        Index("ix_courrier_etat", "etat", "id"),
        index_partiel(RECAPITULATIF, "ix_courrier_recapitulatif", "cree_le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evenement: Mapped[str] = mapped_column(String(80))
    destinataire_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"), index=True)
    adresse: Mapped[str | None] = mapped_column(String(254))
    session_numero: Mapped[int | None] = mapped_column(index=True)
    sujet: Mapped[str] = mapped_column(String(200))
    corps: Mapped[str] = mapped_column(Text)
    etat: Mapped[EtatCourrier] = mapped_column(
        enumeration(EtatCourrier),
        default=EtatCourrier.A_ENVOYER,
    )
    essais: Mapped[int] = mapped_column(default=0)
    prise_a: Mapped[datetime | None] = mapped_column(Instant)
    cree_le: Mapped[datetime] = mapped_column(Instant, index=True)
    envoye_le: Mapped[datetime | None] = mapped_column(Instant)
    refuse_le: Mapped[datetime | None] = mapped_column(Instant)

    destinataire: Mapped[Individu | None] = relationship()


class SorteDeRappel(Valeur):
    """What a reminder is about: each person chooses which of these the digest brings them."""

    RESULTATS = "resultats", "Résultats que j’ai à renseigner"
    TELECHARGEMENTS = "telechargements", "Certificats qui n’ont pas été téléchargés"
    DROITS = "droits", "Habilitations et qualifications qui prennent fin"
    EFFACEMENTS = "effacements", "Sessions qui seront supprimées faute de certificats générés"
    MODELES = "modeles", "Rappels MAC de mes modèles de session"


class RappelDit(Modele):
    """A reminder that a digest brought to a person: it is never said to them again."""

    __tablename__ = "rappel_dit"

    evenement: Mapped[str] = mapped_column(String(80), primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), primary_key=True, index=True)
    session_numero: Mapped[int | None] = mapped_column(index=True)
    dit_le: Mapped[date] = mapped_column(index=True)


class RappelRefuse(Modele):
    """A kind of reminders that a person does not want in their digest."""

    __tablename__ = "rappel_refuse"

    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), primary_key=True)
    sorte: Mapped[SorteDeRappel] = mapped_column(enumeration(SorteDeRappel), primary_key=True)


class JourRecapitule(Modele):
    """The day whose digests are all written: only the last one is kept."""

    __tablename__ = "jour_recapitule"

    jour: Mapped[date] = mapped_column(primary_key=True)
