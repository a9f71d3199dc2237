"""Habilitations and qualifications as the days that they hold."""

from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.regles import couverture
from certif.domaine.sessions.regles.preavis import Periode


def periode_d_habilitation(habilitation: Habilitation) -> Periode:
    """From its first day to its last, withdrawal counted."""
    return Periode(habilitation.id, habilitation.debut, couverture.fin_effective(habilitation))


def periode_de_qualification(qualification: Qualification) -> Periode:
    """From its first day to its last, withdrawal counted."""
    return Periode(qualification.id, qualification.debut, qualification.dernier_jour)
