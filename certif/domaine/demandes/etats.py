"""The states of a demande and every move between them (R16): pure, on one screen."""

from dataclasses import dataclass
from enum import StrEnum

from certif.domaine.acteur import TypeRole


class NatureDemande(StrEnum):
    """What is asked: an habilitation of a niveau, or another identity."""

    PREMIERE = "premiere"
    EXTENSION = "extension"
    RENOUVELLEMENT = "renouvellement"
    IDENTITE = "identite"


class EtatDemande(StrEnum):
    BROUILLON = "brouillon"
    TRANSMISE = "transmise"
    A_COMPLETER = "a_completer"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"
    RETIREE = "retiree"


class Action(StrEnum):
    CREER = "creer"
    ENREGISTRER = "enregistrer"
    TRANSMETTRE = "transmettre"
    RETOURNER = "retourner"
    ACCEPTER = "accepter"
    REFUSER = "refuser"
    RETIRER = "retirer"
    SUPPRIMER = "supprimer"


GESTIONNAIRE = TypeRole.GESTIONNAIRE
ADMINISTRATEUR = TypeRole.ADMINISTRATEUR


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One line of the table; `de` None is before the demande exists, `vers` None after it is deleted.

    `empechee`: only while nobody of the entité can act, because it is suspended or has no gestionnaire.
    """

    de: EtatDemande | None
    action: Action
    qui: str
    vers: EtatDemande | None
    empechee: bool = False


_B, _T, _C, _A, _R, _X = EtatDemande

MOUVEMENTS: tuple[Mouvement, ...] = (
    #          from  action               who             to
    Mouvement(None, Action.CREER, GESTIONNAIRE, _B),
    Mouvement(_B, Action.ENREGISTRER, GESTIONNAIRE, _B),
    Mouvement(_B, Action.TRANSMETTRE, GESTIONNAIRE, _T),
    Mouvement(_B, Action.SUPPRIMER, GESTIONNAIRE, None),
    Mouvement(_T, Action.RETIRER, GESTIONNAIRE, _X),
    Mouvement(_T, Action.ACCEPTER, ADMINISTRATEUR, _A),
    Mouvement(_T, Action.RETOURNER, ADMINISTRATEUR, _C),
    Mouvement(_T, Action.REFUSER, ADMINISTRATEUR, _R),
    Mouvement(_C, Action.ENREGISTRER, GESTIONNAIRE, _C),
    Mouvement(_C, Action.TRANSMETTRE, GESTIONNAIRE, _T),
    # Given up: nothing else would free the place of another demande.
    Mouvement(_C, Action.RETIRER, GESTIONNAIRE, _X),
    # Nobody is left to complete it: it waits for nobody but the administrateur.
    Mouvement(_C, Action.ACCEPTER, ADMINISTRATEUR, _A, empechee=True),
    Mouvement(_C, Action.REFUSER, ADMINISTRATEUR, _R, empechee=True),
)

OUVERTES = (_B, _T, _C)
DECIDEES = (_A, _R, _X)

_TABLE = {(m.de, m.action): m for m in MOUVEMENTS}


def mouvement(etat: EtatDemande | None, action: Action) -> Mouvement | None:
    """The move that this action makes from this state, or None when the state does not allow it."""
    return _TABLE.get((etat, action))


def actions_de(etat: EtatDemande, role: str, *, empechee: bool = False) -> frozenset[Action]:
    """What this role may try from this state, conditions apart; `empechee`: nobody of the entité can act."""
    lignes = (m for m in MOUVEMENTS if m.de is etat and role == m.qui)
    return frozenset(m.action for m in lignes if empechee or not m.empechee)
