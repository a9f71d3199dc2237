"""The two ways a person ends a session without certificates: deleting it, or closing it (R5)."""

from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import Introuvable, Refus
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.libelles.sessions.refus import REUSSITES_A_CERTIFIER
from certif.domaine.sessions.annonces import annoncer_suppression
from certif.domaine.sessions.effacement import effacer_session
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import ouvrir
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction

OBJET = "session"


def supprimer(acteur: Acteur, numero: int, version: int) -> None:
    """Delete a session that has no certificate; a formateur who had it is told."""
    with transaction():
        session_certif = _ouvrir(acteur, numero, version, Action.SUPPRIMER)
        if session_certif is None:
            return
        annoncer_suppression(session_certif)
        _effacer(session_certif, acteur, Action.SUPPRIMER, avec_bilan=False)


def clore_sans_certificat(acteur: Acteur, numero: int, version: int) -> None:
    """Erase a session in which nobody succeeded, leaving its bilan.

    Raises:
        Refus: a stagiaire succeeded.
    """
    with transaction():
        session_certif = _ouvrir(acteur, numero, version, Action.CLORE_SANS_CERTIFICAT)
        if session_certif is None:
            return
        if session_certif.reussites:
            raise Refus(REUSSITES_A_CERTIFIER, "R5")
        _effacer(session_certif, acteur, Action.CLORE_SANS_CERTIFICAT, avec_bilan=True)


def _ouvrir(acteur: Acteur, numero: int, version: int, action: Action) -> SessionCertification | None:
    """As `ouvrir`; None too when this person already ended the session, which cannot say so any more."""
    try:
        return ouvrir(acteur, numero, version, action)
    except Introuvable:
        deja = select(EntreeJournal.id).filter_by(
            action=action.value, objet=OBJET, objet_id=numero, acteur_id=acteur.individu_id
        )
        if db.session.scalar(deja.limit(1)) is not None:
            return None
        raise


def _effacer(
    session_certif: SessionCertification, acteur: Acteur, action: Action, *, avec_bilan: bool
) -> None:
    consigner(acteur, action.value, OBJET, session_certif.numero, avant={"etat": session_certif.etat.value})
    effacer_session(session_certif, avec_bilan=avec_bilan)
