"""The states of a session and every move between them (R5): pure, on one screen.

The table says who may try a move, from where, and where it leads; `regles` says on what conditions.
"""

from dataclasses import dataclass
from enum import StrEnum

from certif.domaine.acteur import ROLES_ENTITE, TypeRole


class Etat(StrEnum):
    SAISIE = "saisie"
    VALIDATION_FORMATEUR = "validation_formateur"
    VALIDATION_ENTITE = "validation_entite"
    GENERATION = "generation"
    GENERE = "genere"


class Action(StrEnum):
    CREER = "creer"
    ENREGISTRER = "enregistrer"
    SOUMETTRE_AU_FORMATEUR = "soumettre_au_formateur"
    ENREGISTRER_RESULTATS = "enregistrer_resultats"
    ENVOYER_RESULTATS = "envoyer_resultats"
    RETOUR_COMMENTE = "retour_commente"
    PAS_MA_SESSION = "pas_ma_session"
    REPRENDRE_SAISIE = "reprendre_saisie"
    ACCEPTER_CORRECTIONS = "accepter_corrections"
    GENERER = "generer"
    MODIFIER_SAISIE = "modifier_saisie"
    CLORE_SANS_CERTIFICAT = "clore_sans_certificat"
    TERMINER_GENERATION = "terminer_generation"
    RELANCER_GENERATION = "relancer_generation"
    ROUVRIR = "rouvrir"
    ANNULER_ET_REFAIRE = "annuler_et_refaire"
    CONFIER = "confier"
    SUPPRIMER = "supprimer"
    EFFACER = "effacer"
    PURGER = "purger"


ENTITE = frozenset(ROLES_ENTITE)
GESTIONNAIRE = frozenset({TypeRole.GESTIONNAIRE})
FORMATEUR = frozenset({TypeRole.FORMATEUR})
SYSTEME = frozenset({"systeme"})


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One line of the table; `de` None is before the session exists, `vers` None after it is erased."""

    de: Etat | None
    action: Action
    qui: frozenset[str]
    vers: Etat | None


_S, _VF, _VE, _G, _CG = Etat

MOUVEMENTS: tuple[Mouvement, ...] = (
    #          from  action                         who           to
    Mouvement(None, Action.CREER, ENTITE, _S),
    Mouvement(_S, Action.ENREGISTRER, ENTITE, _S),
    Mouvement(_S, Action.SOUMETTRE_AU_FORMATEUR, ENTITE, _VF),
    Mouvement(_VF, Action.ENREGISTRER_RESULTATS, FORMATEUR, _VF),
    Mouvement(_VF, Action.ENVOYER_RESULTATS, FORMATEUR, _VE),
    Mouvement(_VF, Action.RETOUR_COMMENTE, FORMATEUR, _S),
    Mouvement(_VF, Action.PAS_MA_SESSION, FORMATEUR, _S),
    Mouvement(_VF, Action.REPRENDRE_SAISIE, ENTITE, _S),
    Mouvement(_VE, Action.ACCEPTER_CORRECTIONS, ENTITE, _VE),
    Mouvement(_VE, Action.GENERER, ENTITE, _G),
    Mouvement(_VE, Action.MODIFIER_SAISIE, ENTITE, _S),
    Mouvement(_VE, Action.CLORE_SANS_CERTIFICAT, ENTITE, None),
    Mouvement(_G, Action.TERMINER_GENERATION, SYSTEME, _CG),
    Mouvement(_G, Action.RELANCER_GENERATION, ENTITE, _G),
    Mouvement(_G, Action.ROUVRIR, ENTITE, _S),
    Mouvement(_CG, Action.ANNULER_ET_REFAIRE, GESTIONNAIRE, _CG),
    Mouvement(_S, Action.CONFIER, GESTIONNAIRE, _S),
    Mouvement(_VF, Action.CONFIER, GESTIONNAIRE, _VF),
    Mouvement(_VE, Action.CONFIER, GESTIONNAIRE, _VE),
    Mouvement(_CG, Action.CONFIER, GESTIONNAIRE, _CG),
    Mouvement(_S, Action.SUPPRIMER, ENTITE, None),
    Mouvement(_VF, Action.SUPPRIMER, ENTITE, None),
    Mouvement(_VE, Action.SUPPRIMER, ENTITE, None),
    Mouvement(_S, Action.EFFACER, SYSTEME, None),
    Mouvement(_VF, Action.EFFACER, SYSTEME, None),
    Mouvement(_VE, Action.EFFACER, SYSTEME, None),
    Mouvement(_G, Action.EFFACER, SYSTEME, None),
    Mouvement(_CG, Action.PURGER, SYSTEME, None),
)

_TABLE = {(m.de, m.action): m for m in MOUVEMENTS}


def mouvement(etat: Etat | None, action: Action) -> Mouvement | None:
    """The move that this action makes from this state, or None when the state does not allow it."""
    return _TABLE.get((etat, action))


def actions_de(etat: Etat | None, role: str) -> list[Action]:
    """What this role may try from this state, in the order of the table; conditions apart."""
    return [m.action for m in MOUVEMENTS if m.de is etat and role in m.qui]


def generation_deja_demandee(etat: Etat) -> bool:
    """*Générer* repeated in these states succeeds and does nothing (R5)."""
    return etat in (Etat.GENERATION, Etat.GENERE)
