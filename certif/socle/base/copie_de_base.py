"""The copy of the database that is kept before it is migrated: a backup, gone after some days (R18).

It is outside what R8 erases, as every backup is: what was deleted meanwhile can be read in it until then.
PostgreSQL has backups of its own.
"""

import os
import sqlite3
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from certif.socle.base.extensions import db

NOM = "certif-avant-migration.db"
"""In the data folder, 0600; there is one at most."""

_INACHEVEE = f"{NOM}.inachevee"


class CopieImpossible(Exception):
    """The database could not be copied; nothing was changed."""


def copier(dossier: Path) -> Path | None:
    """Copy the SQLite database of this application whole into this folder, over the copy of before.

    None, and nothing done, for PostgreSQL. Needs an application context, outside any transaction.

    Raises:
        CopieImpossible: there is no room, or the folder refuses.
    """
    if db.engine.dialect.name != "sqlite":
        return None
    db.session.rollback()
    inachevee = dossier / _INACHEVEE
    try:
        inachevee.unlink(missing_ok=True)
        # SQLite fills an empty file and leaves its mode: nobody else ever reads it, whatever the umask.
        os.close(os.open(inachevee, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copier_dans(inachevee)
        inachevee.replace(dossier / NOM)
    except (OSError, sqlite3.Error) as erreur:
        with suppress(OSError):
            inachevee.unlink(missing_ok=True)
        raise CopieImpossible from erreur
    return dossier / NOM


def retirer_la_perimee(dossier: Path, age: timedelta) -> None:
    """Remove the copy once it has this age, in real time, and what a copy that was interrupted left."""
    limite = time.time() - age.total_seconds()
    for nom in (NOM, _INACHEVEE):
        with suppress(FileNotFoundError):
            if (dossier / nom).stat().st_mtime <= limite:
                (dossier / nom).unlink()


def _copier_dans(fichier: Path) -> None:
    connexion = db.engine.raw_connection()
    try:
        curseur = connexion.cursor()
        curseur.execute("VACUUM INTO ?", (str(fichier),))
        curseur.close()
    finally:
        connexion.close()
    descripteur = os.open(fichier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
