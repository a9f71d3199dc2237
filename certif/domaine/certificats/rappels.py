"""Mails that announce a purge or an erasure (R8, R18). Often called: each mail has one event, hence one row.

A warning whose day was missed (no worker for a day) is caught up by the next call; of several, only the last.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from certif.domaine.certificats.annonces import (
    Annonce,
    lettres,
    rappel_d_effacement,
    rappel_de_telechargement,
)
from certif.domaine.certificats.purge import efface_le, sans_certificats_depuis
from certif.domaine.courriers.actions import ecrire_toutes
from certif.domaine.sessions.annonces import destinataires_de_chacune
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de, debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

_AVANCE = timedelta(days=31)


def avertir() -> None:
    """Write the warnings that are due today and were not written yet; as many queries for one as for many."""
    dus = [*_de_la_purge(), *_de_l_effacement()]
    a_qui = destinataires_de_chacune({(s.entite_id, s.declarant_id) for s, _ in dus})
    courriers = [x for s, annonce in dus for x in lettres(s, annonce, a_qui[s.entite_id, s.declarant_id])]
    db.session.rollback()
    ecrire_toutes(courriers)


def _de_la_purge() -> Iterator[tuple[SessionCertification, Annonce]]:
    """Certificates never downloaded: seven, three and one days before they go."""
    s, jour = SessionCertification, aujourd_hui()
    # From the first warning on, until the files go; the exact days are judged one by one.
    depuis = debut_du_jour(jour - timedelta(days=delais.JOURS_DE_TELECHARGEMENT + 1))
    jusqu_a = debut_du_jour(
        jour - timedelta(days=delais.JOURS_DE_TELECHARGEMENT - max(delais.RAPPELS_DE_TELECHARGEMENT))
    )
    requete = select(s).where(
        s.etat == Etat.GENERE,
        s.telecharge_le.is_(None),
        s.certificats_total > 0,
        s.genere_le.between(depuis, jusqu_a),
    )
    for session_certif in db.session.scalars(requete):
        if session_certif.genere_le is None:
            continue
        genere_le = date_de(session_certif.genere_le)
        rappels = delais.rappels_telechargement(genere_le)
        if jour < delais.purge_le(genere_le) and (jours := _du(rappels, jour)):
            yield session_certif, rappel_de_telechargement(session_certif, jours)


def _de_l_effacement() -> Iterator[tuple[SessionCertification, Annonce]]:
    """Sessions without certificates: thirty and seven days before they go."""
    jour = aujourd_hui()
    requete = select(SessionCertification).where(sans_certificats_depuis(_AVANCE))
    for session_certif in db.session.scalars(requete):
        efface = efface_le(session_certif)
        if jour < efface and (jours := _du(delais.rappels_effacement(efface), jour)):
            yield session_certif, rappel_d_effacement(session_certif, efface, jours)


def _du(rappels: dict[int, date], jour: date) -> int | None:
    """The last warning whose day has come, as its number of days; None before the first."""
    return min((jours for jours, quand in rappels.items() if quand <= jour), default=None)
