"""Tables of a certification session; CHECK constraints mirror `etats`."""

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
    literal,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from certif.domaine.noms import departs
from certif.domaine.personnes.modeles import MOT_MAX, Entite, Individu, NomCommercial
from certif.domaine.referentiel.modeles import Certificat, Niveau, Plateforme
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.regles import lieux
from certif.domaine.sessions.valeurs import Identification, MotifEchec, Resultat, TypeLieu
from certif.socle.base.colonnes import Instant, enumeration, index_partiel, parmi
from certif.socle.base.extensions import Modele
from certif.socle.base.recherche import par_les_octets

_COMPLETE = " AND ".join(
    f"{champ} IS NOT NULL"
    for champ in (
        *("niveau_id", "certificat_id", "lieu_type", "identification"),
        *("date_fin", "formateur_id", "soumise_le"),
    )
)
_GENEREE = "genere_le IS NOT NULL"
_SANS_ZIP = f"{_GENEREE} AND zip_sha256 IS NULL"
_A_TELECHARGER = f"etat = '{Etat.GENERE}' AND telecharge_le IS NULL AND certificats_total > 0"


class Canevas:
    """What a session hands on to another like it, and what a model keeps: all but F and the stagiaires."""

    niveau_id: Mapped[int | None] = mapped_column(ForeignKey("niveau.id"))
    certificat_id: Mapped[int | None] = mapped_column(ForeignKey("certificat.id"))
    lieu_type: Mapped[TypeLieu | None] = mapped_column(enumeration(TypeLieu))
    code_postal: Mapped[str | None] = mapped_column(String(5))
    ville: Mapped[str | None] = mapped_column(String(80))
    pays: Mapped[str | None] = mapped_column(String(2))
    plateforme_id: Mapped[int | None] = mapped_column(ForeignKey("plateforme.id"))
    identification: Mapped[Identification | None] = mapped_column(enumeration(Identification))
    reference_interne: Mapped[str | None] = mapped_column(String(80))
    nom_commercial_id: Mapped[int | None] = mapped_column(ForeignKey("nom_commercial.id"), index=True)
    formateur_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"))

    @declared_attr
    def niveau(self) -> Mapped[Niveau | None]:
        return relationship()

    @declared_attr
    def certificat(self) -> Mapped[Certificat | None]:
        return relationship()

    @declared_attr
    def plateforme(self) -> Mapped[Plateforme | None]:
        return relationship()

    @declared_attr
    def nom_commercial(self) -> Mapped[NomCommercial | None]:
        return relationship()

    @declared_attr
    def formateur(self) -> Mapped[Individu | None]:
        return relationship(foreign_keys=cast("Mapped[int | None]", self.formateur_id))

    @property
    def lieu(self) -> str:
        """The place as shown (R13); "" if unknown."""
        return lieux.libelle_du_lieu(self.lieu_type, self.code_postal, self.ville, self.pays)


REPRIS = tuple(Canevas.__annotations__)
"""The columns of a `Canevas`."""


class SessionCertification(Canevas, Modele):
    """A certification session; its `stagiaires` stand in the order of R12 (`ORDRE_DES_STAGIAIRES`).

    `numero` comes from one global sequence and is never reused (R11). `version` grows with every change.
    `premiere_soumission_le` is the day S against which a corrected F is judged (R1).
    `empeche_le`: when the entité was told that the formateur can no longer answer, as long as it is so.
    `verification_a_relancer` says what changed since the formateur was verified (R4), or is None.
    """

    __tablename__ = "session_certification"
    __table_args__ = (
        CheckConstraint(f"etat = '{Etat.SAISIE}' OR ({_COMPLETE})", name="complete_hors_saisie"),
        CheckConstraint(f"(etat = '{Etat.GENERE}') = (genere_le IS NOT NULL)", name="genere_le"),
        CheckConstraint(
            f"NOT {parmi('etat', (Etat.GENERATION, Etat.GENERE))} OR generation_demandee_le IS NOT NULL",
            name="generation_demandee_le",
        ),
        # The counts of a list read these alone; then come its rows, in their order.
        Index("ix_session_entite_etat", "entite_id", "etat", "numero", "declarant_id"),
        Index("ix_session_declarant_etat", "declarant_id", "entite_id", "etat", "numero"),
        Index("ix_session_formateur_etat", "formateur_id", "etat", "numero"),
        Index("ix_session_entite", "entite_id", "numero"),
        Index("ix_session_entite_fin", "entite_id", "date_fin"),
        index_partiel(
            _A_TELECHARGER, "ix_session_a_telecharger", "entite_id", "etat", "genere_le", "declarant_id"
        ),
        Index("ix_session_rectifie", "rectifie_numero"),
        Index("ix_session_similaire", "entite_id", "certificat_id", "date_fin"),
        index_partiel(_GENEREE, "ix_session_genere_le", "genere_le"),
        index_partiel(_SANS_ZIP, "ix_session_sans_zip", "numero"),
        index_partiel("empeche_le IS NOT NULL", "ix_session_empechee", "numero"),
        index_partiel("genere_le IS NULL AND date_fin IS NOT NULL", "ix_session_datee", "date_fin"),
        index_partiel("genere_le IS NULL AND date_fin IS NULL", "ix_session_sans_date", "modifiee_le"),
        {"sqlite_autoincrement": True},
    )

    numero: Mapped[int] = mapped_column(primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    declarant_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    jeton: Mapped[str] = mapped_column(String(43), unique=True)
    etat: Mapped[Etat] = mapped_column(enumeration(Etat), default=Etat.SAISIE, index=True)
    version: Mapped[int] = mapped_column(default=1)

    date_fin: Mapped[date | None]
    verification_a_relancer: Mapped[str | None] = mapped_column(String(40))

    retour_commentaire: Mapped[str | None] = mapped_column(Text)
    retour_par_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"))
    retour_le: Mapped[datetime | None] = mapped_column(Instant)

    creee_le: Mapped[datetime] = mapped_column(Instant)
    modifiee_le: Mapped[datetime] = mapped_column(Instant)
    dernier_intervenant_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"))
    premiere_soumission_le: Mapped[date | None]
    soumise_le: Mapped[datetime | None] = mapped_column(Instant)
    resultats_le: Mapped[datetime | None] = mapped_column(Instant)
    generation_demandee_le: Mapped[datetime | None] = mapped_column(Instant)
    genere_le: Mapped[datetime | None] = mapped_column(Instant)
    rappele_le: Mapped[datetime | None] = mapped_column(Instant)
    empeche_le: Mapped[datetime | None] = mapped_column(Instant)
    zip_cle: Mapped[str | None] = mapped_column(String(80))
    zip_sha256: Mapped[str | None] = mapped_column(String(64))
    zip_taille: Mapped[int | None]
    rectifie_numero: Mapped[int | None]

    # Kept by the production and the downloads, so that a list needs no other table.
    certificats_total: Mapped[int] = mapped_column(default=0)
    certificats_produits: Mapped[int] = mapped_column(default=0)
    certificats_en_echec: Mapped[int] = mapped_column(default=0)
    telecharge_le: Mapped[datetime | None] = mapped_column(Instant)

    entite: Mapped[Entite] = relationship()
    declarant: Mapped[Individu] = relationship(foreign_keys=declarant_id)
    retour_par: Mapped[Individu | None] = relationship(foreign_keys=retour_par_id)
    dernier_intervenant: Mapped[Individu | None] = relationship(foreign_keys=dernier_intervenant_id)
    stagiaires: Mapped[list["Stagiaire"]] = relationship(
        back_populates="session_certif",
        order_by=lambda: ORDRE_DES_STAGIAIRES,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    evenements: Mapped[list["Evenement"]] = relationship(
        order_by="Evenement.id", cascade="all, delete-orphan", passive_deletes=True
    )
    propositions: Mapped[list[Proposition]] = relationship(
        order_by=Proposition.id, cascade="all, delete-orphan", passive_deletes=True
    )

    @classmethod
    def a_telecharger(cls) -> ColumnElement[bool]:
        """SQL condition: its certificates wait to be downloaded; values written out, for its index."""
        return and_(
            cls.etat == literal(Etat.GENERE, cls.etat.type, literal_execute=True),
            cls.telecharge_le.is_(None),
            cls.certificats_total > literal(0, literal_execute=True),
        )

    @property
    def reussites(self) -> list["Stagiaire"]:
        return [s for s in self.stagiaires if s.resultat is Resultat.REUSSITE]

    @property
    def stagiaires_saisis(self) -> list["Stagiaire"]:
        """The trainees in the order of entry, as they stand in saisie (R12)."""
        return sorted(self.stagiaires, key=lambda s: (s.rang, s.id))


def mots_cherches(nom: str) -> set[str]:
    """What the search by name compares of a nom: its key from each of its words on."""
    return {depart[:MOT_MAX] for depart in departs(nom)}


class Stagiaire(Modele):
    """A trainee of one session, as typed (R12); the keys serve comparison only, `mots` the search by name.

    `rang` is their place in the order of entry, from 1; places of those who were removed stay free.
    """

    __tablename__ = "stagiaire"
    __table_args__ = (
        CheckConstraint(f"motif_echec IS NULL OR resultat = '{Resultat.ECHEC}'", name="motif_d_un_echec"),
        # Not unique: what an older key told apart stays when a newer one makes it one.
        Index("ix_stagiaire_identite", "session_numero", "cle_nom", "cle_prenom", "date_naissance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE")
    )
    rang: Mapped[int] = mapped_column(default=1)
    nom: Mapped[str] = mapped_column(String(80))
    prenom: Mapped[str] = mapped_column(String(80), default="")
    cle_nom: Mapped[str] = mapped_column(String(320))
    cle_prenom: Mapped[str] = mapped_column(String(320), default="")
    date_naissance: Mapped[date | None]
    resultat: Mapped[Resultat | None] = mapped_column(enumeration(Resultat))
    motif_echec: Mapped[MotifEchec | None] = mapped_column(enumeration(MotifEchec))

    session_certif: Mapped[SessionCertification] = relationship(back_populates="stagiaires")
    mots: Mapped[list[MotStagiaire]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @validates("nom")
    def _indexer(self, _champ: str, nom: str) -> str:
        """Keep the words that find them with the name that holds them."""
        voulus = mots_cherches(nom)
        gardes = [mot for mot in self.mots if mot.mot in voulus]
        nouveaux = voulus.difference(mot.mot for mot in gardes)
        self.mots = [*gardes, *(MotStagiaire(mot=mot) for mot in sorted(nouveaux))]
        return nom

    @property
    def identite(self) -> list[str]:
        """Exactly what was typed, to tell whether it changed."""
        return [self.nom, self.prenom, self.date_naissance.isoformat() if self.date_naissance else ""]


ORDRE_DES_STAGIAIRES: tuple[ColumnElement[Any], ...] = (
    par_les_octets(Stagiaire.cle_nom),
    par_les_octets(Stagiaire.cle_prenom),
    Stagiaire.date_naissance.is_(None),
    Stagiaire.date_naissance.expression,
    Stagiaire.id.expression,
)
"""R12: the one order of trainees, of whatever names them, the same as Python gives to keys and dates."""


class Evenement(Modele):
    """A line of the session's own journal: one change, by whom, from which version.

    `empreinte` is a hash of the posted content: it recognises a repeated click (R5). Purged with the session.
    """

    __tablename__ = "evenement"
    __table_args__ = (Index("ix_evenement_session", "session_numero", "version_avant"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE")
    )
    quand: Mapped[datetime] = mapped_column(Instant)
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"))
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    de: Mapped[Etat | None] = mapped_column(enumeration(Etat))
    vers: Mapped[Etat | None] = mapped_column(enumeration(Etat))
    version_avant: Mapped[int]
    empreinte: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(String(300), default="")
    commentaire: Mapped[str | None] = mapped_column(Text)

    acteur: Mapped[Individu | None] = relationship()


class Soumission(Modele):
    """What the formateur was shown at one submission, and what they had answered when it went back.

    `instantane` lets the page mark what changed since; `reponses` lets the formateur take unchanged answers
    back (R5). Both are erased with the session.
    """

    __tablename__ = "soumission"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), index=True
    )
    soumise_le: Mapped[datetime] = mapped_column(Instant)
    formateur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    certificat_id: Mapped[int] = mapped_column(ForeignKey("certificat.id"))
    date_fin: Mapped[date]
    instantane: Mapped[dict[str, Any]] = mapped_column(JSON)
    reponses: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
