"""Who may see which session (R9): every query on sessions starts here, so that loading is authorising."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.libelles.sessions.refus import session_supprimee
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir


def visible_de(acteur: Acteur) -> ColumnElement[bool]:
    """Condition that a session may be opened by this actor.

    A gestionnaire sees the entité's sessions, a délégataire those they declared, a formateur those naming
    them once submitted; in saisie the formateur keeps only a line of list (`listee_de`).
    """
    s = SessionCertification
    if acteur.role is TypeRole.GESTIONNAIRE:
        return s.entite_id == acteur.entite_id
    if acteur.role is TypeRole.DELEGATAIRE:
        return and_(s.entite_id == acteur.entite_id, s.declarant_id == acteur.individu_id)
    if acteur.role is TypeRole.FORMATEUR:
        return and_(s.formateur_id == acteur.individu_id, s.etat != Etat.SAISIE)
    return false()


def listee_de(acteur: Acteur) -> ColumnElement[bool]:
    """Condition that a session appears in this actor's lists and counts."""
    if acteur.role is not TypeRole.FORMATEUR:
        return visible_de(acteur)
    s = SessionCertification
    revenue = and_(s.etat == Etat.SAISIE, s.soumise_le.is_not(None))
    return and_(s.formateur_id == acteur.individu_id, or_(s.etat != Etat.SAISIE, revenue))


_NOMMES = (
    joinedload(SessionCertification.entite),
    joinedload(SessionCertification.declarant),
    joinedload(SessionCertification.formateur),
    joinedload(SessionCertification.niveau),
    joinedload(SessionCertification.certificat).lazyload(Certificat.niveau),
)


def charger(acteur: Acteur, numero: int, *options: Any, verrou: bool = False) -> SessionCertification:
    """Load one session within what the actor may see, locked for writing when `verrou`.

    Raises:
        Introuvable: no such session for this actor.
    """
    requete: Select[SessionCertification] = (
        select(SessionCertification)
        .where(SessionCertification.numero == numero, visible_de(acteur))
        .options(*options)
    )
    if verrou:
        # Other transactions on this session wait here, on PostgreSQL; SQLite has one writer anyway.
        requete = tenir(requete, SessionCertification)
    session_certif = db.session.scalars(requete).one_or_none()
    if session_certif is None:
        raise Introuvable
    return session_certif


def charger_pour_lire(acteur: Acteur, numero: int) -> SessionCertification:
    """The same with what its pages name of it, in one query; its stagiaires are read where they are shown.

    Raises:
        Introuvable: no such session for this actor.
    """
    return charger(acteur, numero, *_NOMMES)


def ligne_de(acteur: Acteur, numero: int) -> SessionCertification | None:
    """The session as a line of this actor's lists, which they may not be able to open."""
    requete = select(SessionCertification).where(SessionCertification.numero == numero, listee_de(acteur))
    return db.session.scalars(requete).one_or_none()


def ce_qui_reste(acteur: Acteur, numero: int) -> str:
    """That a session is no more, to those who could open it when it was; "" to anybody else (R8, R9)."""
    bilan = db.session.get(Bilan, numero)
    if bilan is None:
        return ""
    siens = {
        TypeRole.GESTIONNAIRE: bilan.entite_id == acteur.entite_id,
        TypeRole.DELEGATAIRE: (bilan.entite_id, bilan.declarant_id) == (acteur.entite_id, acteur.individu_id),
        TypeRole.FORMATEUR: bilan.formateur_id == acteur.individu_id,
    }
    if not siens.get(acteur.role, False):
        return ""
    return session_supprimee(numero, date_de(bilan.etabli_le), certifiee=bilan.reussites > 0)
