"""What failed, made again: certificates (R5), a dossier; or the session reopened."""

from sqlalchemy import delete, select, update

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    DossierSession,
    EtatEmission,
    LigneRegistre,
    StatutRegistre,
)
from certif.domaine.certificats.production.emis import faire_le_point
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.journal import consigner
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.sessions.etats import Action, generation_deja_demandee
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.retour import effacer_resultats
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, transaction
from certif.socle.file import enfiler


def relancer_echecs(acteur: Acteur, numero: int, version: int) -> None:
    """Have the failed certificates made again, and only those; nothing to do when none is failed any more.

    Raises:
        Introuvable, VersionPerimee, ActionImpossible: as for any move.
    """
    if not acteur.est_entite:
        raise Introuvable
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.RELANCER_GENERATION, deja=_rien_n_a_echoue)
        if session_certif is None:
            return
        db.session.execute(
            update(CertificatEmis)
            .filter_by(session_numero=numero, etat=EtatEmission.ECHEC)
            .values(etat=EtatEmission.A_PRODUIRE, echecs=0, cause=None)
        )
        faire_le_point(session_certif)
        conclure(session_certif, acteur, Action.RELANCER_GENERATION)
        apres_commit(enfiler, "produire_certificats", numero)


def _rien_n_a_echoue(session_certif: SessionCertification) -> bool:
    return generation_deja_demandee(session_certif.etat) and not session_certif.certificats_en_echec


def rouvrir(acteur: Acteur, numero: int, version: int) -> None:
    """Give up this generation and take the session back to saisie; its numbers are never used again.

    Raises:
        Introuvable, VersionPerimee, ActionImpossible: as for any move; or a certificate is still being made,
            or none failed.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ROUVRIR)
        if session_certif is None:
            return
        etats = set(db.session.scalars(select(CertificatEmis.etat).filter_by(session_numero=numero)))
        if etats & {EtatEmission.A_PRODUIRE, EtatEmission.EN_COURS}:
            raise ActionImpossible(textes.ENCORE_EN_COURS)
        if EtatEmission.ECHEC not in etats:
            raise ActionImpossible(textes.RIEN_A_RELANCER)
        abandonner_generation(numero)
        session_certif.certificats_total = 0
        session_certif.certificats_produits = session_certif.certificats_en_echec = 0
        session_certif.zip_cle = None
        effacer_resultats(session_certif)
        conclure(session_certif, acteur, Action.ROUVRIR)
        session_certif.generation_demandee_le = None
        apres_commit(balayer, numero)


def abandonner_generation(numero: int) -> None:
    """Forget the certificates of a generation that did not end; their numbers stay, for nobody."""
    db.session.execute(
        update(LigneRegistre)
        .where(LigneRegistre.session_numero == numero, LigneRegistre.statut == StatutRegistre.RESERVE)
        .values(statut=StatutRegistre.ABANDONNE, empreinte_identite=None, cle_id=None)
    )
    db.session.execute(delete(CertificatEmis).where(CertificatEmis.session_numero == numero))


def refaire_le_dossier(session_numero: int) -> None:
    """Have the dossier made anew, in the caller's transaction, from what the rows will be once it commits.

    The one that stands is withdrawn at once; the register still answers for what was downloaded of it.
    """
    ligne = db.session.get(DossierSession, session_numero)
    if ligne is not None:
        db.session.delete(ligne)
        db.session.flush()
    apres_commit(enfiler, "produire_dossier", session_numero)


def relancer_le_dossier(acteur: Acteur, numero: int) -> None:
    """Have a dossier that failed made again; nothing to do when it did not fail, or not any more.

    Raises:
        Introuvable: not this actor's session, or a formateur's view of it (R9).
    """
    if not acteur.est_entite:
        raise Introuvable
    with transaction():
        charger(acteur, numero, verrou=True)
        ligne = db.session.get(DossierSession, numero)
        if ligne is None or not ligne.rate:
            return
        ligne.echecs, ligne.cause = 0, None
        consigner(acteur, "relancer_dossier", "session", numero)
        apres_commit(enfiler, "produire_dossier", numero)
