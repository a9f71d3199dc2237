"""Whose turn it is, said to one side: "à traiter" is my turn, "en cours" the rest. Pure."""

from dataclasses import dataclass
from datetime import date

from certif.domaine.demandes.etats import ADMINISTRATEUR, EtatDemande
from certif.domaine.libelles.demandes import demandes as textes


@dataclass(frozen=True, slots=True)
class Tour:
    """What to show beside the state; `a_moi` puts the demande among those to deal with."""

    texte: str
    a_moi: bool


def tour(
    etat: EtatDemande, role: str, entite: str, depuis: date, aujourd_hui: date, *, empechee: bool = False
) -> Tour:
    """`depuis`: the day of the last move; `empechee`: nobody of the entité can complete it."""
    administrateur = role == ADMINISTRATEUR
    if etat is EtatDemande.A_COMPLETER and empechee:
        if administrateur:
            return Tour(textes.SANS_REPONSE_POSSIBLE, True)
        return Tour(textes.chez_l_administrateur(depuis, aujourd_hui), False)
    match etat:
        case EtatDemande.BROUILLON:
            return Tour(textes.A_TRANSMETTRE, not administrateur)
        case EtatDemande.TRANSMISE:
            if administrateur:
                return Tour(textes.A_DECIDER, True)
            return Tour(textes.chez_l_administrateur(depuis, aujourd_hui), False)
        case EtatDemande.A_COMPLETER:
            if administrateur:
                return Tour(textes.chez_l_entite(entite, depuis, aujourd_hui), False)
            return Tour(textes.A_REPRENDRE, True)
    return Tour(textes.TERMINEE, False)
