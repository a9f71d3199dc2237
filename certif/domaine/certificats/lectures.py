"""What a session's page shows of its certificates: progress, failures, downloads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    DossierSession,
    EtatEmission,
    LigneRegistre,
    StatutRegistre,
)
from certif.domaine.certificats.production.emis import POUR_LISTE, emis_de
from certif.domaine.certificats.production.recette import tient
from certif.domaine.certificats.production.signes import (
    Silence,
    archive_attend,
    dossier_attend,
    en_main,
    generation_attend,
)
from certif.domaine.noms import nom_affiche
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.domaine.sessions.portee import visible_de
from certif.domaine.sessions.presentation import tout_est_annule
from certif.domaine.sessions.regles import delais
from certif.domaine.sessions.valeurs import MotifAnnulation
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.horloge import maintenant

DELAI_VISIBLE = timedelta(minutes=5)
"""Past this, a generation that does not end is shown as late."""


@dataclass(frozen=True, slots=True)
class CertificatRate:
    """A certificate that could not be made: whose, and why."""

    titulaire: str
    cause: str


@dataclass(frozen=True, slots=True)
class Avancement:
    """« 8 certificats sur 12 », whose is in hand, what is waited for, and what does not go on by itself."""

    produits: int
    total: int
    en_main: str
    attente: SorteDePanne | Silence | None
    rates: list[CertificatRate]
    en_cours: bool
    en_retard: bool


class Archive(StrEnum):
    """Where the zip stands: ready, being packed again without what was cancelled, or gone with all of it."""

    PRETE = "prete"
    EN_COURS = "en_cours"
    AUCUNE = "aucune"


@dataclass(frozen=True, slots=True)
class EtatDossier:
    """Where the dossier is: made, failed (`cause`), or being made, which may wait or be `en_retard`."""

    fait: bool
    rate: bool
    cause: str
    attente: SorteDePanne | None
    en_retard: bool
    avec_echeances: bool

    @property
    def en_preparation(self) -> bool:
        """Whether it comes by itself, as far as anybody knows."""
        return not self.fait and not self.rate and not self.en_retard


@dataclass(frozen=True, slots=True)
class EtatFichiers:
    """Until when files can be had, and where those stand that are made by themselves: zip and dossier."""

    dernier_jour: date
    ouvert: bool
    archive: Archive
    archive_attente: SorteDePanne | None
    archive_en_retard: bool
    dossier: EtatDossier


@dataclass(frozen=True, slots=True)
class Telechargements:
    """What can be downloaded, and who did."""

    etat: EtatFichiers
    certificats: list[CertificatEmis]
    deja: list[Telechargement]


@dataclass(frozen=True, slots=True)
class CertificatAnnule:
    """A certificate that was cancelled: whose, since when, and why in words; `precisions` is private."""

    emis: CertificatEmis
    annule_le: date | None
    motif: str
    precisions: str


@dataclass(frozen=True, slots=True)
class Annulations:
    """What was cancelled in a session, and the sessions opened to correct it that this actor may open."""

    certificats: list[CertificatAnnule]
    rectificatives: list[int]


def avancement(session_certif: SessionCertification) -> Avancement:
    """How far the generation of a session is; `en_cours` until every certificate is made or failed."""
    emis = db.session.scalars(emis_de(session_certif.numero).options(*POUR_LISTE)).all()
    rates = [c for c in emis if c.etat is EtatEmission.ECHEC]
    produits = sum(c.etat is EtatEmission.PRODUIT for c in emis)
    en_generation = session_certif.etat is Etat.GENERATION
    en_cours = en_generation and (produits == len(emis) or produits + len(rates) < len(emis))
    en_cause = en_main(emis)
    return Avancement(
        produits=produits,
        total=len(emis),
        en_main=_titulaire(en_cause) if en_cause else "",
        attente=generation_attend(session_certif, emis) if en_cours else None,
        rates=[CertificatRate(_titulaire(c), c.cause or "") for c in rates],
        en_cours=en_cours,
        # Only asking, then asking again, change the session meanwhile.
        en_retard=en_cours and maintenant() - session_certif.modifiee_le > DELAI_VISIBLE,
    )


def _titulaire(certificat: CertificatEmis) -> str:
    return nom_affiche(certificat.stagiaire.nom, certificat.stagiaire.prenom)


def telechargements(session_certif: SessionCertification) -> Telechargements | None:
    """The files of a generated session; None before it is generated."""
    etat = etat_des_fichiers(session_certif)
    if etat is None:
        return None
    emis = emis_de(session_certif.numero).where(CertificatEmis.cle_objet.is_not(None)).options(*POUR_LISTE)
    deja = (
        select(Telechargement)
        .filter_by(session_numero=session_certif.numero)
        .order_by(Telechargement.id)
        .options(selectinload(Telechargement.individu))
    )
    return Telechargements(etat, list(db.session.scalars(emis)), list(db.session.scalars(deja)))


def etat_des_fichiers(session_certif: SessionCertification) -> EtatFichiers | None:
    """The same without the list: what a page asks for again and again."""
    if session_certif.genere_le is None:
        return None
    genere_le = date_de(session_certif.genere_le)
    archive = _archive(session_certif)
    return EtatFichiers(
        dernier_jour=delais.telechargeable_jusqu_au(genere_le),
        ouvert=delais.telechargeable(genere_le, maintenant()),
        archive=archive,
        archive_attente=archive_attend(session_certif) if archive is Archive.EN_COURS else None,
        # Only another cancellation changes the session meanwhile.
        archive_en_retard=maintenant() - session_certif.modifiee_le > DELAI_VISIBLE,
        dossier=_dossier(session_certif, session_certif.genere_le),
    )


def _archive(session_certif: SessionCertification) -> Archive:
    if tout_est_annule(session_certif):
        return Archive.AUCUNE
    return Archive.EN_COURS if session_certif.zip_sha256 is None else Archive.PRETE


def annulations(session_certif: SessionCertification, acteur: Acteur) -> Annulations:
    """What was cancelled in this session (R14); empty before it is generated."""
    annules = (
        emis_de(session_certif.numero)
        .join(LigneRegistre, LigneRegistre.numero == CertificatEmis.numero)
        .where(LigneRegistre.statut == StatutRegistre.ANNULE)
        .add_columns(LigneRegistre)
        .options(*POUR_LISTE)
    )
    s = SessionCertification
    rectificatives = select(s.numero).where(s.rectifie_numero == session_certif.numero, visible_de(acteur))
    return Annulations(
        certificats=[
            CertificatAnnule(
                emis,
                ligne.annule_le,
                MotifAnnulation.libelle_de(ligne.motif_annulation),
                ligne.note_annulation or "",
            )
            for emis, ligne in db.session.execute(annules)
        ],
        rectificatives=list(db.session.scalars(rectificatives.order_by(s.numero))),
    )


def _dossier(session_certif: SessionCertification, genere_le: datetime) -> EtatDossier:
    ligne = db.session.get(DossierSession, session_certif.numero)
    fait = ligne is not None and ligne.sha256 is not None
    rate = ligne is not None and ligne.rate
    expire = exists().where(
        LigneRegistre.session_numero == session_certif.numero,
        LigneRegistre.statut == StatutRegistre.DELIVRE,
        LigneRegistre.fin_validite.is_not(None),
    )
    return EtatDossier(
        fait=fait,
        rate=rate,
        cause=ligne.cause or "" if ligne is not None and rate else "",
        attente=None
        if fait or rate
        else dossier_attend(session_certif.numero, tenu=ligne is not None and tient(ligne.prise_a)),
        en_retard=not fait and not rate and maintenant() - genere_le > DELAI_VISIBLE,
        avec_echeances=bool(db.session.scalar(select(expire))),
    )
