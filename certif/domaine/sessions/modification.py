"""One way to change a session: hold it, judge version and state, write, leave a line (R5)."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable, VersionPerimee
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.libelles.sessions.refus import ACTION_IMPOSSIBLE
from certif.domaine.sessions.chronologie import changements_depuis
from certif.domaine.sessions.etats import Action, Etat, mouvement
from certif.domaine.sessions.modeles import Evenement, SessionCertification
from certif.domaine.sessions.portee import charger
from certif.socle.base.extensions import db
from certif.socle.condense import condense
from certif.socle.horloge import maintenant

SYSTEME = "systeme"


def ouvrir(
    acteur: Acteur,
    numero: int,
    version: int,
    action: Action,
    contenu: Any = None,
    *,
    deja: Callable[[SessionCertification], bool] | None = None,
) -> SessionCertification | None:
    """Hold a session to change it; None when this very change was already made (a repeated click).

    `deja` says of the session, held, that there is nothing left to change, whoever did it and when.

    Must run inside `transaction()`, and is the only load of the session that a move needs.

    Raises:
        Introuvable: not for this actor.
        VersionPerimee: someone changed the session since `version`.
        ActionImpossible: the state or the entité's suspension forbids the action.
    """
    marque = condense(contenu)
    try:
        session_certif = charger(acteur, numero, verrou=True)
    except Introuvable:
        # "Ce n'est pas ma session" twice: the first click took the right to see it away.
        if deja_fait(numero, version, action, marque, acteur.individu_id):
            return None
        raise
    if (deja is not None and deja(session_certif)) or deja_fait(numero, version, action, marque):
        return None
    if version != session_certif.version:
        raise VersionPerimee(changements_depuis(session_certif.numero, version))
    transition = mouvement(session_certif.etat, action)
    if transition is None or acteur.role.value not in transition.qui:
        raise ActionImpossible(ACTION_IMPOSSIBLE)
    refuser_si_suspendue(session_certif)
    return session_certif


def refuser_si_suspendue(session_certif: SessionCertification) -> None:
    """R17: the sessions of a suspended entité are only read and downloaded.

    Raises:
        ActionImpossible: the entité is suspended.
    """
    if session_certif.entite.suspendue:
        raise ActionImpossible(entite_suspendue(session_certif.entite.raison_sociale))


def deja_fait(numero: int, version: int, action: Action, marque: str, acteur_id: int | None = None) -> bool:
    """Whether the journal holds this action, from this version, with this content."""
    requete = select(Evenement.id).filter_by(
        session_numero=numero, version_avant=version, action=action.value, empreinte=marque
    )
    if acteur_id is not None:
        requete = requete.filter_by(acteur_id=acteur_id)
    return db.session.scalar(requete.limit(1)) is not None


def conclure(
    session_certif: SessionCertification,
    acteur: Acteur | None,
    action: Action,
    *,
    contenu: Any = None,
    details: Iterable[str] = (),
    commentaire: str | None = None,
) -> None:
    """Apply the action's move, raise the version and leave the line; `acteur` None means the system."""
    transition = mouvement(session_certif.etat, action)
    if transition is None:
        raise ActionImpossible(ACTION_IMPOSSIBLE)
    vers: Etat = transition.vers or session_certif.etat
    _noter(session_certif, acteur, action, vers, condense(contenu), ", ".join(details), commentaire)
    session_certif.etat = vers
    session_certif.version += 1
    session_certif.modifiee_le = maintenant()
    if acteur is not None:
        session_certif.dernier_intervenant_id = acteur.individu_id


def noter_une_consequence(session_certif: SessionCertification, acteur: Acteur, detail: str) -> None:
    """Raise the version, and leave the line, of what changed from outside: no move, whatever the state."""
    etat = session_certif.etat
    _noter(session_certif, acteur, Action.ENREGISTRER, etat, condense(detail), detail, None)
    session_certif.version += 1


def inaugurer(session_certif: SessionCertification, acteur: Acteur, detail: str = "") -> None:
    """Leave the first line of a session that was just added: who opened it, and from what."""
    db.session.add(
        Evenement(
            session_numero=session_certif.numero,
            quand=session_certif.creee_le,
            acteur_id=acteur.individu_id,
            role=acteur.role.value,
            action=Action.CREER.value,
            vers=session_certif.etat,
            version_avant=0,
            empreinte=condense(None),
            detail=detail,
        )
    )


def _noter(
    session_certif: SessionCertification,
    acteur: Acteur | None,
    action: Action,
    vers: Etat,
    marque: str,
    detail: str,
    commentaire: str | None,
) -> None:
    db.session.add(
        Evenement(
            session_numero=session_certif.numero,
            quand=maintenant(),
            acteur_id=acteur.individu_id if acteur else None,
            role=acteur.role.value if acteur else SYSTEME,
            action=action.value,
            de=session_certif.etat,
            vers=vers,
            version_avant=session_certif.version,
            empreinte=marque,
            detail=detail[:300],
            commentaire=commentaire,
        )
    )
