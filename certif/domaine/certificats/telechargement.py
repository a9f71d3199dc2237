"""Handing a file over: allowed, until when, unaltered, and recorded (R8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from certif.documents.archive import nom_de_session
from certif.domaine.acteur import Acteur
from certif.domaine.certificats.impression import impression_de
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, SorteFichier
from certif.domaine.certificats.production.emis import absence_de
from certif.domaine.certificats.production.fichiers import empreinte_de
from certif.domaine.certificats.remis import tout_remis_le
from certif.domaine.erreurs import (
    ActionImpossible,
    Introuvable,
    PartieIntrouvable,
    Refus,
    ServiceIndisponible,
)
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.libelles.certificats.annulation import TOUT_EST_ANNULE
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from certif.socle.stockage import ObjetAbsent, StockageIndisponible


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file that may be handed over: what to stream, and under which name."""

    sorte: SorteFichier
    cle: str
    nom: str
    type_mime: str
    sha256: str
    taille: int


def marquer_telechargement(
    acteur: Acteur, numero: int, certificat_emis_id: int | None = None, *, dossier: bool = False
) -> Fichier:
    """Authorise and record a download: one certificate, or the whole zip when none is named, or the dossier.

    Raises:
        Introuvable: not this actor's, no such certificate, or one that was withdrawn.
        ActionImpossible: the certificates are not generated yet, or the dossier is not made.
        Refus: the fifteen days are over, purge or no purge.
        ServiceIndisponible: the stored file is missing, altered or out of reach; or the zip is being packed
            again without what was cancelled.
    """
    # Read before anything is recorded, and outside the transaction: it is as long as the file.
    fichier = fichier_telechargeable(acteur, numero, certificat_emis_id, dossier=dossier)
    with transaction():
        session_certif = session_ouverte(acteur, numero, verrou=True)
        if _demande(session_certif, certificat_emis_id, dossier=dossier) != fichier:
            # Made again meanwhile, without what was cancelled.
            raise ServiceIndisponible(textes.ARCHIVE_EN_RECONSTITUTION)
        db.session.add(
            Telechargement(
                session_numero=numero,
                individu_id=acteur.individu_id,
                quand=maintenant(),
                certificat_emis_id=certificat_emis_id,
                sorte=fichier.sorte,
            )
        )
        if session_certif.telecharge_le is None:
            db.session.flush()
            un_seul = certificat_emis_id is not None
            session_certif.telecharge_le = tout_remis_le(numero) if un_seul else maintenant()
    return fichier


def fichier_telechargeable(
    acteur: Acteur, numero: int, certificat_emis_id: int | None = None, *, dossier: bool = False
) -> Fichier:
    """The same file with the same refusals, and nothing recorded: what a HEAD asks for."""
    if not acteur.est_entite:
        raise Introuvable
    fichier = _demande(session_ouverte(acteur, numero), certificat_emis_id, dossier=dossier)
    verifier(fichier)
    return fichier


def contenu(fichier: Fichier) -> Iterator[bytes]:
    """The file piece by piece.

    Raises:
        ServiceIndisponible: the store does not answer, or has lost it; told at once, before the first piece.
    """
    try:
        return stockage.lire_flux(fichier.cle)
    except ObjetAbsent as erreur:
        raise ServiceIndisponible(textes.fichier_perdu()) from erreur
    except StockageIndisponible as erreur:
        raise ServiceIndisponible(textes.FICHIER_ABSENT) from erreur


def session_ouverte(acteur: Acteur, numero: int, *, verrou: bool = False) -> SessionCertification:
    """The session, if its files can be had now; with `verrou`, it stays as it is until the commit.

    Raises:
        Introuvable: not this actor's.
        ActionImpossible: the certificates are not generated yet.
        Refus: the fifteen days are over.
    """
    session_certif = charger(acteur, numero, verrou=verrou)
    if session_certif.etat is not Etat.GENERE or session_certif.genere_le is None:
        raise ActionImpossible(textes.PAS_ENCORE_GENERES)
    genere_le = date_de(session_certif.genere_le)
    if not delais.telechargeable(genere_le, maintenant()):
        raise Refus(textes.telechargement_termine(delais.telechargeable_jusqu_au(genere_le)), "R8")
    return session_certif


def _demande(
    session_certif: SessionCertification, certificat_emis_id: int | None, *, dossier: bool
) -> Fichier:
    return _dossier(session_certif) if dossier else _fichier(session_certif, certificat_emis_id)


def _fichier(session_certif: SessionCertification, certificat_emis_id: int | None) -> Fichier:
    if certificat_emis_id is None:
        if not session_certif.certificats_total:
            raise PartieIntrouvable(TOUT_EST_ANNULE)
        nom = _nom_du_zip(session_certif, "certificats")
        if session_certif.zip_cle is None or session_certif.zip_sha256 is None or nom is None:
            raise ServiceIndisponible(textes.ARCHIVE_EN_RECONSTITUTION)
        return Fichier(
            SorteFichier.ARCHIVE,
            session_certif.zip_cle,
            nom,
            "application/zip",
            session_certif.zip_sha256,
            session_certif.zip_taille or 0,
        )
    requete = select(CertificatEmis).filter_by(id=certificat_emis_id, session_numero=session_certif.numero)
    emis = db.session.scalars(requete).one_or_none()
    if emis is None or emis.cle_objet is None:
        raise absence_de(session_certif.numero, {certificat_emis_id})
    return fichier_du_certificat(emis)


def fichier_du_certificat(emis: CertificatEmis) -> Fichier:
    """Its file, whoever asks.

    Raises:
        Introuvable: it was withdrawn.
    """
    if emis.cle_objet is None or emis.sha256 is None:
        raise Introuvable
    return Fichier(
        SorteFichier.CERTIFICAT,
        emis.cle_objet,
        emis.nom_fichier,
        "application/pdf",
        emis.sha256,
        emis.taille or 0,
    )


def _dossier(session_certif: SessionCertification) -> Fichier:
    nom = _nom_du_zip(session_certif, "dossier")
    ligne = db.session.get(DossierSession, session_certif.numero)
    if ligne is None or ligne.cle is None or ligne.sha256 is None or nom is None:
        rate = ligne is not None and ligne.rate
        raise ActionImpossible(mots.NON_PRODUIT_ENCORE if rate else mots.EN_PREPARATION)
    return Fichier(
        SorteFichier.DOSSIER,
        ligne.cle,
        nom,
        "application/zip",
        ligne.sha256,
        ligne.taille or 0,
    )


def _nom_du_zip(session_certif: SessionCertification, contenu: str) -> str | None:
    """As printed: the certificat may have another name by now. None where there are no certificates."""
    impression, date_fin = impression_de(session_certif), session_certif.date_fin
    if impression is None or date_fin is None:
        return None
    return nom_de_session(date_fin, impression.emission.libelle.texte, contenu, session_certif.numero)


def verifier(fichier: Fichier) -> None:
    """Read it all, outside any transaction.

    Raises:
        ServiceIndisponible: missing, altered or out of reach.
    """
    try:
        intact = empreinte_de(fichier.cle) == fichier.sha256
    except ObjetAbsent as erreur:
        raise ServiceIndisponible(textes.fichier_perdu()) from erreur
    except StockageIndisponible as erreur:
        raise ServiceIndisponible(textes.FICHIER_ABSENT) from erreur
    if not intact:
        raise ServiceIndisponible(textes.fichier_altere())
