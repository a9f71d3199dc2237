"""What an entité asks of the platform: habilitations, or another identity (R16)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.demandes.etats import OUVERTES, EtatDemande, NatureDemande
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.referentiel.modeles import Habilitation, Niveau
from certif.socle.base.colonnes import Instant, enumeration, parmi
from certif.socle.base.extensions import Modele

_OUVERTE = text(parmi("etat", OUVERTES))
_IDENTITE_OUVERTE = text(f"niveau_id IS NULL AND {parmi('etat', OUVERTES)}")


class Demande(Modele):
    """One demande; `version` grows with every change.

    Of an habilitation: its niveau, and, accepted, the one that it created. Of an identity: what is wished of
    `raison_sociale` and `siret`, "" for no change, and of the trade names.
    """

    __tablename__ = "demande"
    __table_args__ = (
        Index(
            "uq_demande_ouverte",
            "entite_id",
            "niveau_id",
            unique=True,
            sqlite_where=_OUVERTE,
            postgresql_where=_OUVERTE,
        ),
        Index(
            "uq_demande_identite_ouverte",
            "entite_id",
            unique=True,
            sqlite_where=_IDENTITE_OUVERTE,
            postgresql_where=_IDENTITE_OUVERTE,
        ),
        Index("ix_demande_etat", "etat", "id"),
        Index("ix_demande_entite", "entite_id", "etat", "id"),
        CheckConstraint(f"(nature = '{NatureDemande.IDENTITE}') = (niveau_id IS NULL)", name="nature"),
        CheckConstraint(
            f"(etat = '{EtatDemande.ACCEPTEE}' AND nature <> '{NatureDemande.IDENTITE}')"
            " = (habilitation_id IS NOT NULL)",
            name="acceptee",
        ),
        CheckConstraint(f"etat <> '{EtatDemande.REFUSEE}' OR motif <> ''", name="refusee"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    niveau_id: Mapped[int | None] = mapped_column(ForeignKey("niveau.id"))
    nature: Mapped[NatureDemande] = mapped_column(enumeration(NatureDemande))
    etat: Mapped[EtatDemande] = mapped_column(enumeration(EtatDemande), default=EtatDemande.BROUILLON)
    version: Mapped[int] = mapped_column(default=1)
    debut_souhaite: Mapped[date | None]
    raison_sociale: Mapped[str] = mapped_column(String(160), default="", server_default="")
    siret: Mapped[str] = mapped_column(String(14), default="", server_default="")
    message: Mapped[str] = mapped_column(Text, default="")
    motif: Mapped[str] = mapped_column(Text, default="")
    cree_par_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    cree_le: Mapped[datetime] = mapped_column(Instant)
    modifiee_le: Mapped[datetime] = mapped_column(Instant)
    transmise_le: Mapped[datetime | None] = mapped_column(Instant)
    decidee_le: Mapped[datetime | None] = mapped_column(Instant)
    habilitation_id: Mapped[int | None] = mapped_column(ForeignKey("habilitation.id"))

    entite: Mapped[Entite] = relationship()
    niveau: Mapped[Niveau | None] = relationship()
    habilitation: Mapped[Habilitation | None] = relationship()
    plateformes: Mapped[list["PlateformeDemandee"]] = relationship(
        order_by="PlateformeDemandee.id", cascade="all, delete-orphan", passive_deletes=True
    )
    noms: Mapped[list["NomSouhaite"]] = relationship(
        order_by="NomSouhaite.id", cascade="all, delete-orphan", passive_deletes=True
    )
    pieces: Mapped[list["PieceJointe"]] = relationship(
        order_by="PieceJointe.id", cascade="all, delete-orphan", passive_deletes=True
    )
    evenements: Mapped[list["EvenementDemande"]] = relationship(
        order_by="EvenementDemande.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def d_identite(self) -> bool:
        """Whether it asks for another identity, not for an habilitation."""
        return self.nature is NatureDemande.IDENTITE

    @property
    def niveau_vise(self) -> Niveau:
        """The niveau of a demande d'habilitation."""
        if self.niveau is None:
            raise ValueError("a demande of identity has no niveau")
        return self.niveau


class NomSouhaite(Modele):
    """What is wished of a trade name: another one, a first one, or none any more (`libelle` is "")."""

    __tablename__ = "nom_souhaite"

    id: Mapped[int] = mapped_column(primary_key=True)
    demande_id: Mapped[int] = mapped_column(ForeignKey("demande.id", ondelete="CASCADE"), index=True)
    nom_commercial_id: Mapped[int | None] = mapped_column(
        ForeignKey("nom_commercial.id", ondelete="SET NULL"), index=True
    )
    libelle: Mapped[str] = mapped_column(String(160))


class PlateformeDemandee(Modele):
    """A platform declared with a demande; accepted, it becomes a Plateforme of the entité."""

    __tablename__ = "plateforme_demandee"

    id: Mapped[int] = mapped_column(primary_key=True)
    demande_id: Mapped[int] = mapped_column(ForeignKey("demande.id", ondelete="CASCADE"), index=True)
    code_postal: Mapped[str] = mapped_column(String(5))
    ville: Mapped[str] = mapped_column(String(80))


class PieceJointe(Modele):
    """A file joined to a demande: recognised by its content, kept in the store under a random name."""

    __tablename__ = "piece_jointe"

    id: Mapped[int] = mapped_column(primary_key=True)
    demande_id: Mapped[int] = mapped_column(ForeignKey("demande.id", ondelete="CASCADE"), index=True)
    nom: Mapped[str] = mapped_column(String(120))
    type_mime: Mapped[str] = mapped_column(String(40))
    taille: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    cle: Mapped[str] = mapped_column(String(120), unique=True)
    ajoutee_par_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    ajoutee_le: Mapped[datetime] = mapped_column(Instant)


class EvenementDemande(Modele):
    """One line of a demande's timeline; `empreinte` is the hash of what was posted, from `version_avant`."""

    __tablename__ = "evenement_demande"

    id: Mapped[int] = mapped_column(primary_key=True)
    demande_id: Mapped[int] = mapped_column(ForeignKey("demande.id", ondelete="CASCADE"), index=True)
    quand: Mapped[datetime] = mapped_column(Instant)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(24))
    version_avant: Mapped[int]
    empreinte: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(String(300), default="")
    commentaire: Mapped[str] = mapped_column(Text, default="")

    acteur: Mapped[Individu] = relationship()
