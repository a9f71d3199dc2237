"""What jobs read first, read before the worker forks, of a session that is not there.

A statement is compiled when a process runs it for the first time, and each job dies with what it learnt: for
a group of fifteen that took as long as the certificates. What is learnt here is known to all jobs.
"""

from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached

from certif.domaine.certificats.impression import impressions
from certif.domaine.certificats.production.certificats import Atelier, echus, tenus
from certif.domaine.certificats.production.emis import emis_de, faire_le_point
from certif.domaine.certificats.production.fichiers import cles_connues
from certif.domaine.certificats.production.recette import verrouiller
from certif.domaine.personnes.modeles import Logo
from certif.domaine.sessions.annonces import destinataires
from certif.domaine.sessions.courriers.faits import faits
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db

_ABSENTE = 0


def echauffer() -> None:
    """Read nothing, in the ways in which jobs read; nothing is written.

    Raises:
        SQLAlchemyError: the database does not answer.
    """
    try:
        with db.session.no_autoflush:
            _les_certificats()
            _la_session()
    finally:
        db.session.rollback()
        db.session.remove()


def _les_certificats() -> None:
    atelier = Atelier(_ABSENTE)
    verrouiller(_ABSENTE, Etat.GENERATION)
    echus(_ABSENTE)
    db.session.scalars(atelier.prochains()).all()
    atelier.il_en_reste()
    db.session.scalars(emis_de(_ABSENTE)).all()
    tenus([])
    db.session.get(Logo, "")
    cles_connues([_ABSENTE])


def _la_session() -> None:
    """What belongs to it; and to whom the mails go that tell its end, and what they say."""
    relations = [r for r in inspect(SessionCertification).relationships if not r.uselist]
    cles = {str(c.key): _ABSENTE for relation in relations for c in relation.local_columns}
    session_certif = SessionCertification(**cles)
    session_certif.numero, session_certif.etat = _ABSENTE, Etat.GENERE
    make_transient_to_detached(session_certif)
    db.session.add(session_certif)
    for relation in relations:
        getattr(session_certif, relation.key)
    faire_le_point(session_certif)
    impressions([session_certif])
    faits([])
    destinataires(_ABSENTE, _ABSENTE)
