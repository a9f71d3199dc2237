"""One way to change a demande: lock it, check version and state, write, leave a line (R16)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes.chronologie import changements_depuis
from certif.domaine.demandes.etats import Action, EtatDemande, mouvement
from certif.domaine.demandes.modeles import Demande, EvenementDemande
from certif.domaine.demandes.portee import charger, est_empechee
from certif.domaine.erreurs import ActionImpossible, Introuvable, VersionPerimee
from certif.domaine.journal import consigner
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.personnes import entite_suspendue
from certif.socle.base.extensions import db
from certif.socle.condense import condense
from certif.socle.horloge import maintenant

OBJET = "demande"


def ouvrir(
    acteur: Acteur,
    demande_id: int,
    version: int,
    action: Action,
    contenu: Any = None,
    *,
    d_identite: bool | None = None,
) -> Demande | None:
    """Load a demande to change it; None when this very change was already made (a repeated click).

    `d_identite`: which kind the change is for; None, for both.

    Must run inside `transaction()`, before any other read of the demande.

    Raises:
        Introuvable: not for this actor, or of the other kind.
        VersionPerimee: someone changed the demande since `version`.
        ActionImpossible: the state, the role or the entité's suspension forbids the action.
    """
    demande = charger(acteur, demande_id, verrou=True)
    if d_identite not in (None, demande.d_identite):
        raise Introuvable
    if _deja_fait(demande_id, version, action, condense(contenu)):
        return None
    if version != demande.version:
        raise VersionPerimee(changements_depuis(demande_id, version), textes.PERIMEE)
    transition = mouvement(demande.etat, action)
    if transition is None or acteur.role.value != transition.qui:
        raise ActionImpossible(textes.ACTION_IMPOSSIBLE)
    if transition.empechee and not est_empechee(demande):
        raise ActionImpossible(textes.ACTION_IMPOSSIBLE)
    if acteur.role is TypeRole.GESTIONNAIRE and demande.entite.suspendue:
        raise ActionImpossible(entite_suspendue(demande.entite.raison_sociale))
    return demande


def inaugurer(demande: Demande, acteur: Acteur) -> int:
    """Add a brouillon and its first line; its id."""
    demande.cree_par_id = acteur.individu_id
    demande.cree_le = demande.modifiee_le = maintenant()
    db.session.add(demande)
    db.session.flush()
    noter(demande, acteur, Action.CREER, version_avant=0)
    consigner(
        acteur,
        Action.CREER.value,
        OBJET,
        demande.id,
        apres={"entite_id": demande.entite_id, "niveau_id": demande.niveau_id},
    )
    return demande.id


def conclure(
    demande: Demande,
    acteur: Acteur,
    action: Action,
    contenu: Any = None,
    *,
    commentaire: str = "",
    details: Sequence[str] = (),
) -> None:
    """Move the demande where the table says; leave a line for both sides and one in the journal."""
    transition = mouvement(demande.etat, action)
    if transition is None or transition.vers is None:
        raise ValueError("no such move")
    noter(demande, acteur, action, contenu, commentaire=commentaire, details=details)
    _journaliser(demande, acteur, action, transition.vers, details)
    demande.etat = transition.vers
    demande.version += 1
    demande.modifiee_le = maintenant()


def noter(
    demande: Demande,
    acteur: Acteur,
    action: Action,
    contenu: Any = None,
    *,
    commentaire: str = "",
    details: Sequence[str] = (),
    version_avant: int | None = None,
) -> None:
    """Leave a line of the timeline."""
    db.session.add(
        EvenementDemande(
            demande_id=demande.id,
            quand=maintenant(),
            acteur_id=acteur.individu_id,
            role=acteur.role.value,
            action=action.value,
            version_avant=demande.version if version_avant is None else version_avant,
            empreinte=condense(contenu),
            detail=", ".join(details)[:300],
            commentaire=commentaire,
        )
    )


def _deja_fait(demande_id: int, version: int, action: Action, marque: str) -> bool:
    requete = select(EvenementDemande.id).filter_by(
        demande_id=demande_id, version_avant=version, action=action.value, empreinte=marque
    )
    return db.session.scalar(requete.limit(1)) is not None


def _journaliser(
    demande: Demande, acteur: Acteur, action: Action, vers: EtatDemande, details: Sequence[str]
) -> None:
    consigner(
        acteur,
        action.value,
        OBJET,
        demande.id,
        avant={"etat": demande.etat.value},
        apres={"etat": vers.value, "champs": list(details)} if details else {"etat": vers.value},
    )
