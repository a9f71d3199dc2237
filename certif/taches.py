"""What the queue may have done: the functions that it may call, with identifiers only.

Each runs in an application context, which the worker provides.
"""

from certif.domaine import conservation
from certif.domaine.certificats.production import (
    archive,
    certificats,
    dossier,
)
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base import oubli
from certif.socle.base.extensions import db


def produire_certificats(numero: int) -> None:
    """Make the certificates of a session and end its generation."""
    certificats.produire(numero)


def reconstituer_archive(numero: int) -> None:
    """Pack the zip of a session again, without the certificates that were cancelled."""
    archive.reconstituer(numero)


def produire_dossier(numero: int) -> None:
    """Make the dossier of a generated session."""
    dossier.produire(numero)


def effacer_traces(numero: int) -> None:
    """Finish erasing a session whose rows are gone: its files, and what the database left of it."""
    if db.session.get(SessionCertification, numero) is None:
        stockage.supprimer_prefixe(f"{numero}/")
    oubli.oublier(conservation.SESSIONS_GENEREES.tables)
