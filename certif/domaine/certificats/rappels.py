"""Mails that announce a purge or an erasure (R8, R18). Often called: each mail has one event, hence one row.

A warning whose day was missed (no worker for a day) is caught up by the next call; of several, only the last.
"""

from datetime import date, timedelta

from sqlalchemy import select

from certif.domaine.certificats.avis import annoncer_l_effacement, rappeler_le_telechargement
from certif.domaine.certificats.purge import efface_le, sans_certificats_depuis
from certif.domaine.sessions import regles
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import date_de
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.socle.transaction import transaction

_AVANCE = timedelta(days=31)


def avertir() -> None:
    """Write the warnings that are due today."""
    with transaction():
        _avertir_de_la_purge()
        _avertir_de_l_effacement()


def _avertir_de_la_purge() -> None:
    """Certificates never downloaded: seven, three and one days before they go."""
    s, jour = SessionCertification, aujourd_hui()
    requete = select(s).where(s.etat == Etat.GENERE, s.telecharge_le.is_(None), s.certificats_total > 0)
    for session_certif in db.session.scalars(requete):
        if session_certif.genere_le is None:
            continue
        genere_le = date_de(session_certif.genere_le)
        rappels = regles.rappels_telechargement(genere_le)
        if jour < regles.purge_le(genere_le) and (jours := _du(rappels, jour)):
            rappeler_le_telechargement(session_certif, jours)


def _avertir_de_l_effacement() -> None:
    """Sessions without certificates: thirty and seven days before they go."""
    jour = aujourd_hui()
    for session_certif in db.session.scalars(
        select(SessionCertification).where(sans_certificats_depuis(_AVANCE))
    ):
        efface = efface_le(session_certif)
        if jour < efface and (jours := _du(regles.rappels_effacement(efface), jour)):
            annoncer_l_effacement(session_certif, efface, jours)


def _du(rappels: dict[int, date], jour: date) -> int | None:
    """The last warning whose day has come, as its number of days; None before the first."""
    return min((jours for jours, quand in rappels.items() if quand <= jour), default=None)
