"""Certificates on their way (until the purge) and the register (which remains)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from certif.domaine.certificats.registre.emission import Emission, Imprime
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat, Habilitation
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.valeurs import Identification
from certif.socle.base.colonnes import Instant, enumeration, est_parmi, index_partiel, parmi
from certif.socle.base.extensions import Modele

ECHECS_MAX = 3
"""Tries of a certificate, or of a dossier, that fail by themselves before it has failed for all to see."""


class EtatEmission(StrEnum):
    A_PRODUIRE = "a_produire"
    EN_COURS = "en_cours"
    PRODUIT = "produit"
    ECHEC = "echec"


RESTENT = (EtatEmission.A_PRODUIRE, EtatEmission.EN_COURS, EtatEmission.ECHEC)
"""What is not made: few among all."""


class CertificatEmis(Modele):
    """The certificate of one réussite, from the click to the purge; also the outbox of its production.

    `donnees` is frozen at the click. `essai` fences: only the attempt that claimed the row may finish it.
    `prise_a` is the real time of the claim. `echecs` counts failed tries, the last of which leads to ECHEC.
    """

    __tablename__ = "certificat_emis"
    __table_args__ = (
        CheckConstraint(f"(etat = '{EtatEmission.PRODUIT}') = (sha256 IS NOT NULL)", name="produit"),
        index_partiel(parmi("etat", RESTENT), "ix_certificat_emis_reste", "etat", "session_numero"),
        Index("ix_certificat_emis_session", "session_numero", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE")
    )
    stagiaire_id: Mapped[int] = mapped_column(ForeignKey("stagiaire.id", ondelete="CASCADE"), unique=True)
    numero: Mapped[str] = mapped_column(String(24), unique=True)
    donnees: Mapped[dict[str, Any]] = mapped_column(JSON)
    nom_fichier: Mapped[str] = mapped_column(String(200))
    etat: Mapped[EtatEmission] = mapped_column(enumeration(EtatEmission), default=EtatEmission.A_PRODUIRE)
    essai: Mapped[int] = mapped_column(default=0)
    echecs: Mapped[int] = mapped_column(default=0)
    prise_a: Mapped[datetime | None] = mapped_column(Instant)
    cause: Mapped[str | None] = mapped_column(String(300))
    cle_objet: Mapped[str | None] = mapped_column(String(80))
    sha256: Mapped[str | None] = mapped_column(String(64))
    taille: Mapped[int | None]

    session_certif: Mapped[SessionCertification] = relationship()
    stagiaire: Mapped[Stagiaire] = relationship()

    @classmethod
    def reste(cls, *etats: EtatEmission) -> ColumnElement[bool]:
        """SQL condition: in one of these states, of those that are not made, which have an index."""
        return est_parmi(cls.etat, RESTENT) & cls.etat.in_(etats)

    def liberer(self) -> None:
        """To be made again, with nothing held against it."""
        self.prise_a = None
        self.etat = EtatEmission.A_PRODUIRE

    def compter_un_echec(self, cause: str) -> None:
        """One try less: to be made again, or failed for all to see."""
        self.liberer()
        self.echecs += 1
        self.cause = cause[:300]
        if self.echecs >= ECHECS_MAX:
            self.etat = EtatEmission.ECHEC


class StatutRegistre(StrEnum):
    """Of a register row: reserved at the click, issued when the session is generated, then maybe cancelled.

    An abandoned number belonged to a generation that was reopened; it is never used again.
    """

    RESERVE = "reserve"
    DELIVRE = "delivre"
    ANNULE = "annule"
    ABANDONNE = "abandonne"


EN_VIGUEUR = (StatutRegistre.RESERVE, StatutRegistre.DELIVRE)
"""What keeps its holder from another certificate of the same (R6)."""

_EN_VIGUEUR = parmi("statut", EN_VIGUEUR)
_IDENTITE = ("entite_id", "certificat_id", "date_fin", "empreinte_identite")
_AVEC_EMPREINTE = "empreinte_identite IS NOT NULL"


EMIS = (StatutRegistre.DELIVRE, StatutRegistre.ANNULE)
"""What was handed out: a number that is only reserved, or was abandoned, certifies nothing."""

_EMISE = parmi("statut", EMIS)
_ANNULE = parmi("statut", (StatutRegistre.ANNULE,))


class LigneRegistre(Modele):
    """One certificate number for ever: what it certifies, never to whom except as a keyed hash (R8).

    What its paper says is kept as printed, whatever became of the entité, of its habilitation or of the
    certificat since; `nom_commercial` is "" where none was printed. `…_reconstituee`: the line is older than
    these columns, and nothing told any more what was printed: the value of the day they came stands in.
    `emission` says all of it. Lines older than `habilitation_debut` and `habilitation_fin` have its first
    and last day as they were when these came.
    """

    __tablename__ = "registre"
    __table_args__ = (
        # R6: no two certificates of one entité for the same person, certificat and date.
        index_partiel(_EN_VIGUEUR, "uq_registre_identite", *_IDENTITE, unique=True),
        # Whose identity hash is due to go (R18).
        index_partiel(_AVEC_EMPREINTE, "ix_registre_empreinte_fin", "fin_validite", "date_fin"),
        # Which entités issued under another name than today's.
        Index("ix_registre_raison_sociale", "entite_id", "raison_sociale"),
        # What is read of those issued, whole, by entité, by month and cancelled, in the order of its list.
        index_partiel(_EMISE, "ix_registre_emis", "session_numero", "numero", "statut"),
        index_partiel(
            _EMISE, "ix_registre_entite", "entite_id", "session_numero", "numero", "date_fin", "statut"
        ),
        index_partiel(
            _EMISE, "ix_registre_fin", "date_fin", "session_numero", "numero", "entite_id", "statut"
        ),
        index_partiel(_ANNULE, "ix_registre_annule", "session_numero", "numero", "entite_id", "date_fin"),
        CheckConstraint(f"(statut = '{StatutRegistre.ANNULE}') = (annule_le IS NOT NULL)", name="annule_le"),
    )

    numero: Mapped[str] = mapped_column(String(24), primary_key=True)
    session_numero: Mapped[int] = mapped_column(index=True)
    certificat_id: Mapped[int] = mapped_column(ForeignKey("certificat.id"))
    certificat_libelle: Mapped[str] = mapped_column(String(120))
    certificat_titre: Mapped[str] = mapped_column(String(200))
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    raison_sociale: Mapped[str] = mapped_column(String(160))
    raison_sociale_reconstituee: Mapped[bool] = mapped_column(default=False, server_default=false())
    nom_commercial: Mapped[str] = mapped_column(String(160), default="", server_default="")
    habilitation_id: Mapped[int] = mapped_column(ForeignKey("habilitation.id"))
    habilitation_numero: Mapped[str] = mapped_column(String(40))
    habilitation_debut: Mapped[date]
    habilitation_fin: Mapped[date]
    habilitation_reconstituee: Mapped[bool] = mapped_column(default=False, server_default=false())
    formateur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    identification: Mapped[Identification] = mapped_column(enumeration(Identification))
    date_fin: Mapped[date]
    fin_validite: Mapped[date | None]
    statut: Mapped[StatutRegistre] = mapped_column(
        enumeration(StatutRegistre), default=StatutRegistre.RESERVE
    )
    demande_le: Mapped[datetime] = mapped_column(Instant)
    annule_le: Mapped[date | None]
    motif_annulation: Mapped[str | None] = mapped_column(String(40))
    note_annulation: Mapped[str | None] = mapped_column(String(500))
    empreinte_identite: Mapped[str | None] = mapped_column(String(64))
    cle_id: Mapped[str | None] = mapped_column(String(40))
    version_normalisation: Mapped[int] = mapped_column(default=1)

    certificat: Mapped[Certificat] = relationship()
    entite: Mapped[Entite] = relationship()
    habilitation: Mapped[Habilitation] = relationship()

    @classmethod
    def emise(cls, *statuts: StatutRegistre) -> ColumnElement[bool]:
        """SQL condition: it was handed out, whatever became of it, or is in one of these of its statuses."""
        return est_parmi(cls.statut, statuts or EMIS)

    @property
    def emission(self) -> Emission:
        """What the paper says, beside what that has become; reads entité, habilitation and certificat."""
        return Emission(
            raison_sociale=Imprime(self.raison_sociale, self.entite.raison_sociale),
            nom_commercial=self.nom_commercial,
            habilitation=Imprime(self.habilitation_numero, self.habilitation.numero),
            libelle=Imprime(self.certificat_libelle, self.certificat.libelle),
            titre=Imprime(self.certificat_titre, self.certificat.titre),
        )


AVEC_L_EMISSION = (
    joinedload(LigneRegistre.entite),
    joinedload(LigneRegistre.certificat).lazyload(Certificat.niveau),
    joinedload(LigneRegistre.habilitation).lazyload(Habilitation.suspensions),
)
"""What `emission` reads, in the statement that reads the line."""


class EmpreinteFichier(Modele):
    """SHA-256 of a file issued by a session, with its kind: what verification recognises after the purge.

    `numero`: the certificate that the file is; `regroupe`: how many it holds, for a file that holds several.
    """

    __tablename__ = "empreinte_fichier"
    __table_args__ = (UniqueConstraint("sha256", "session_numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(index=True)
    numero: Mapped[str | None] = mapped_column(ForeignKey("registre.numero"))
    sorte: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    regroupe: Mapped[int | None]


class EssaisIdentite(Modele):
    """How many wrong identities were tried on a number in a day of real time (R15): never which ones."""

    __tablename__ = "essais_identite"

    numero: Mapped[str] = mapped_column(String(24), primary_key=True)
    jour: Mapped[date] = mapped_column(primary_key=True, index=True)
    essais: Mapped[int]


class SorteFichier(StrEnum):
    """Kinds of the files that a session issues, as downloads and the register name them."""

    CERTIFICAT = "certificat"
    ARCHIVE = "archive"
    DOSSIER = "dossier"
    RECUEIL = "recueil"
    CARTES = "cartes"
    REMISE = "remise"
    PROCES_VERBAL = "proces_verbal"


REGROUPENT = frozenset({SorteFichier.ARCHIVE, SorteFichier.RECUEIL, SorteFichier.DOSSIER})
"""Kinds of files that hold every certificate in force when they were made."""


class DossierSession(Modele):
    """The dossier of a generated session: being made, made, or failed; also the outbox of its making.

    No row: nobody began yet. `cle` names the attempt that may finish, `prise_a` is the real time of its
    claim; `sha256` says that it did. `echecs` counts failed tries, `cause` says why.
    `pieces` are the documents that this attempt has stored so far: name, kind in the register ("" without
    seal), hash. With a `cle` and no `prise_a`, it let others pass and goes on from there.
    """

    __tablename__ = "dossier_session"
    __table_args__ = (
        CheckConstraint("sha256 IS NULL OR cle IS NOT NULL", name="fait"),
        # Those that are not made: few among all.
        index_partiel("sha256 IS NULL", "ix_dossier_reste", "session_numero", "echecs"),
    )

    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    cle: Mapped[str | None] = mapped_column(String(80))
    prise_a: Mapped[datetime | None] = mapped_column(Instant)
    echecs: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str | None] = mapped_column(String(300))
    sha256: Mapped[str | None] = mapped_column(String(64))
    taille: Mapped[int | None]
    pieces: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")

    @property
    def rate(self) -> bool:
        """Whether it failed for good: only a person can have it tried again."""
        return self.echecs >= ECHECS_MAX

    def liberer(self) -> None:
        """To be made anew, with nothing held against it."""
        self.cle = self.prise_a = None

    def compter_un_echec(self, cause: str) -> None:
        """One try less."""
        self.liberer()
        self.echecs += 1
        self.cause = cause[:300]
