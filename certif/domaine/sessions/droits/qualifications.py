"""The sessions that the end of a formateur's qualification blocks (R3); rights as the days that they hold."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import listee_de
from certif.domaine.sessions.regles import couverture, preavis
from certif.domaine.sessions.regles.preavis import Periode
from certif.socle.base.extensions import db

_AVANT_GENERATION = (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)


def sessions_bloquees(
    acteur: Acteur, qualifications: Sequence[Qualification]
) -> dict[int, list[SessionCertification]]:
    """Of the formateur's sessions still to be generated, those that no qualification covers at F.

    By id of the qualification that ended too early: the last to end before F. In one query.
    """
    s = SessionCertification
    niveaux = {q.niveau_id for q in qualifications}
    requete = (
        select(s)
        .where(listee_de(acteur), s.etat.in_(_AVANT_GENERATION), s.niveau_id.in_(niveaux))
        .where(s.date_fin.is_not(None))
        .options(joinedload(s.entite))
        .order_by(s.numero)
    )
    bloquees: dict[int, list[SessionCertification]] = defaultdict(list)
    for session_certif in db.session.scalars(requete):
        if (cause := _cause(session_certif, qualifications)) is not None:
            bloquees[cause.id].append(session_certif)
    return dict(bloquees)


def relais_de(qualifications: Sequence[Qualification]) -> dict[int, date | None]:
    """By id, the end of the one of the same niveau that goes on after it, if any."""
    suites: dict[int, date | None] = {}
    for q in qualifications:
        du_niveau = [periode_de_qualification(a) for a in qualifications if a.niveau_id == q.niveau_id]
        relais = preavis.relais(periode_de_qualification(q), du_niveau)
        suites[q.id] = relais.fin if relais else None
    return suites


def _cause(s: SessionCertification, qualifications: Sequence[Qualification]) -> Qualification | None:
    du_niveau = [q for q in qualifications if q.niveau_id == s.niveau_id]
    if s.date_fin is None or any(q.debut <= s.date_fin <= q.dernier_jour for q in du_niveau):
        return None
    passees = [q for q in du_niveau if q.dernier_jour < s.date_fin]
    return max(passees, key=lambda q: q.dernier_jour, default=None)


def periode_d_habilitation(habilitation: Habilitation) -> Periode:
    """From its first day to its last, withdrawal counted."""
    return Periode(habilitation.id, habilitation.debut, couverture.fin_effective(habilitation))


def periode_de_qualification(qualification: Qualification) -> Periode:
    """From its first day to its last, withdrawal counted."""
    return Periode(qualification.id, qualification.debut, qualification.dernier_jour)
