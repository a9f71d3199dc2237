"""The sequence of session numbers (R11): how far it went, and its jump after a backup was restored."""

from sqlalchemy import text

from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction

SAUT = 10_000
"""More sessions than anybody opens between a backup and its restoration."""


def dernier_numero() -> int:
    """The last number that was given, or skipped; 0 before the first. No session has a higher one."""
    table = SessionCertification.__tablename__
    if db.engine.dialect.name == "sqlite":
        requete = "SELECT seq FROM sqlite_sequence WHERE name = :table"
    else:
        requete = "SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, 'numero')::regclass)"
    return int(db.session.scalar(text(requete), {"table": table}) or 0)


def sauter_des_numeros() -> int:
    """Move the sequence forward, so that no number issued after the backup is issued again.

    Returns the last number that will not be given. Gaps are allowed, so doing it twice harms nothing.
    """
    table = SessionCertification.__tablename__
    with transaction():
        if db.engine.dialect.name == "sqlite":
            saut = {"table": table, "saut": SAUT}
            requete = "UPDATE sqlite_sequence SET seq = seq + :saut WHERE name = :table RETURNING seq"
            dernier = db.session.scalar(text(requete), saut)
            if dernier is None:
                # No session was ever opened: SQLite has not begun to count.
                requete = "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :saut) RETURNING seq"
                dernier = db.session.scalar(text(requete), saut)
        else:
            sequence = f"pg_get_serial_sequence('{table}', 'numero')"
            dernier = db.session.scalar(text(f"SELECT setval({sequence}, nextval({sequence}) + {SAUT})"))
    return int(dernier or SAUT)
