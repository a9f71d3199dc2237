"""What can be certified, by whom and where: dispositifs, habilitations, qualifications."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.temps import dernier_jour
from certif.domaine.valeurs import Valeur
from certif.socle.base.colonnes import enumeration, index_partiel
from certif.socle.base.extensions import Modele


class TypeNiveau(Valeur):
    """Only niveaux of type acteur give sessions (R2)."""

    ACTEUR = "acteur", "Acteur"
    FORMATEUR = "formateur", "Formateur"


class Dispositif(Modele):
    """A training scheme such as SST; `groupe_min` and `groupe_max` bound its usual group (R12).

    Archived, never deleted, as its certificats.
    """

    __tablename__ = "dispositif"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    libelle: Mapped[str] = mapped_column(String(160))
    plateforme_requise: Mapped[bool] = mapped_column(default=False)
    groupe_min: Mapped[int | None]
    groupe_max: Mapped[int | None]
    risque_mineur: Mapped[bool] = mapped_column(default=False)
    archive_le: Mapped[date | None]

    niveaux: Mapped[list["Niveau"]] = relationship(back_populates="dispositif", order_by="Niveau.numero")


class Niveau(Modele):
    """A level of a dispositif, the unit that is accredited and qualified for: "SST / 1"."""

    __tablename__ = "niveau"
    __table_args__ = (UniqueConstraint("dispositif_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispositif_id: Mapped[int] = mapped_column(ForeignKey("dispositif.id"))
    numero: Mapped[int]
    type: Mapped[TypeNiveau] = mapped_column(enumeration(TypeNiveau))

    dispositif: Mapped[Dispositif] = relationship(back_populates="niveaux", lazy="joined", innerjoin=True)
    certificats: Mapped[list["Certificat"]] = relationship(back_populates="niveau", order_by="Certificat.id")

    @property
    def libelle(self) -> str:
        return f"{self.dispositif.code} / {self.numero}"


class Certificat(Modele):
    """What a session delivers ("SST-1").

    `mois_validite` is None when it never ends (R7); `gabarit` is the family whose template prints it.

    Archived, never deleted: certificates issued long ago still name it.
    """

    __tablename__ = "certificat"

    id: Mapped[int] = mapped_column(primary_key=True)
    niveau_id: Mapped[int] = mapped_column(ForeignKey("niveau.id"), index=True)
    libelle: Mapped[str] = mapped_column(String(120), unique=True)
    titre: Mapped[str] = mapped_column(String(200))
    mois_validite: Mapped[int | None]
    gabarit: Mapped[str] = mapped_column(String(20), default="commun", server_default="commun")
    archive_le: Mapped[date | None]

    niveau: Mapped[Niveau] = relationship(back_populates="certificats", lazy="joined", innerjoin=True)


class Habilitation(Modele):
    """An entité's accreditation for a niveau, from `debut` to `fin`, both included (R2)."""

    __tablename__ = "habilitation"
    __table_args__ = (
        CheckConstraint("debut <= fin", name="dates"),
        Index("ix_habilitation_entite_niveau", "entite_id", "niveau_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(String(40), unique=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    niveau_id: Mapped[int] = mapped_column(ForeignKey("niveau.id"))
    debut: Mapped[date]
    fin: Mapped[date]
    retrait_le: Mapped[date | None]

    entite: Mapped[Entite] = relationship()
    niveau: Mapped[Niveau] = relationship()
    suspensions: Mapped[list["Suspension"]] = relationship(
        back_populates="habilitation", lazy="selectin", order_by="Suspension.debut"
    )


class Suspension(Modele):
    """Days on which an habilitation does not count, both ends included; open when `fin` is None."""

    __tablename__ = "suspension"
    __table_args__ = (CheckConstraint("fin IS NULL OR debut <= fin", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    habilitation_id: Mapped[int] = mapped_column(ForeignKey("habilitation.id"), index=True)
    debut: Mapped[date]
    fin: Mapped[date | None]

    habilitation: Mapped[Habilitation] = relationship(back_populates="suspensions")


class Plateforme(Modele):
    """A training platform that an entité declared for a dispositif that requires one (R13)."""

    __tablename__ = "plateforme"
    __table_args__ = (Index("ix_plateforme_entite_dispositif", "entite_id", "dispositif_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    dispositif_id: Mapped[int] = mapped_column(ForeignKey("dispositif.id"))
    code_postal: Mapped[str] = mapped_column(String(5))
    ville: Mapped[str] = mapped_column(String(80))
    debut: Mapped[date]
    fin: Mapped[date | None]

    @property
    def libelle(self) -> str:
        return f"{self.code_postal} {self.ville}"


class Qualification(Modele):
    """A formateur's right to certify a niveau, from `debut` to `fin`, both included (R3).

    Withdrawn, it no longer counts from `retrait_le` on; from its first day, it never did.
    """

    __tablename__ = "qualification"
    __table_args__ = (
        CheckConstraint("debut <= fin", name="dates"),
        Index("ix_qualification_individu_niveau", "individu_id", "niveau_id"),
        # Those that end soon, or were withdrawn: few among all.
        index_partiel("retrait_le IS NULL", "ix_qualification_fin", "fin"),
        index_partiel("retrait_le IS NOT NULL", "ix_qualification_retrait", "retrait_le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    niveau_id: Mapped[int] = mapped_column(ForeignKey("niveau.id"))
    debut: Mapped[date]
    fin: Mapped[date]
    retrait_le: Mapped[date | None]

    individu: Mapped[Individu] = relationship()
    niveau: Mapped[Niveau] = relationship()

    @property
    def dernier_jour(self) -> date:
        """Its last day, withdrawal counted: before `debut` when it never counted."""
        return dernier_jour(self.fin, self.retrait_le)
