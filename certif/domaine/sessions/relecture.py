"""What a formateur who gets a session again should look at first, and the answers they can take back (R5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.instantane import Differences, comparer, reponses_reprenables
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.retour import dernieres_soumissions


@dataclass(frozen=True)
class Relecture:
    """`reprenables` lists the trainees, by id, whose previous answer still holds."""

    differences: Differences = field(default_factory=Differences)
    reprenables: frozenset[int] = frozenset()


def relecture(session_certif: SessionCertification) -> Relecture:
    """What changed since this very formateur was last asked; nothing when they never were, or are done."""
    if session_certif.etat is not Etat.VALIDATION_FORMATEUR:
        return Relecture()
    soumissions = dernieres_soumissions(session_certif)
    if len(soumissions) < 2 or soumissions[1].formateur_id != session_certif.formateur_id:
        return Relecture()
    derniere, precedente = soumissions
    reprises = [tuple(r["identite"]) for r in reponses_reprenables(session_certif, precedente)]
    return Relecture(
        comparer(precedente.instantane, derniere.instantane),
        frozenset(s.id for s in session_certif.stagiaires if tuple(s.identite) in reprises),
    )
