"""The rows of a database as lines of JSON, the same whichever database they lie in; and back again."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Row,
    Table,
    column,
    select,
)
from sqlalchemy import table as nommee

from certif.socle.base.extensions import db

VERSION_DE_LA_BASE = "alembic_version"
LOT = 500
"""Rows that are held in memory at once: some hold a picture."""

Ligne = list[Any]


@contextmanager
def instantane() -> Iterator[Connection]:
    """The database as it was at one moment, whoever writes meanwhile; nobody is held up."""
    with db.engine.connect() as connexion:
        if connexion.dialect.name == "postgresql":
            connexion.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connexion.begin():
            yield connexion


def tables(connexion: Connection) -> list[Table]:
    """All that hold rows of ours, as they are in this database, in an order of their own."""
    metadonnees = MetaData()
    metadonnees.reflect(connexion)
    trouvees = [table for nom, table in metadonnees.tables.items() if nom != VERSION_DE_LA_BASE]
    for table in trouvees:
        for colonne in table.columns:
            if isinstance(colonne.type, JSON):
                colonne.type.none_as_null = True
    return sorted(trouvees, key=lambda table: table.name)


def version(connexion: Connection) -> str:
    """Which migration this database is at."""
    return str(connexion.scalar(select(column("version_num")).select_from(nommee(VERSION_DE_LA_BASE))))


def lire(connexion: Connection, table: Table) -> Iterator[list[Ligne]]:
    """The rows, so many at a time, as JSON knows them."""
    lues = connexion.execution_options(yield_per=LOT).execute(select(table))
    for lot in lues.partitions():
        yield [_en_json(rangee) for rangee in lot]


def ecrire(connexion: Connection, table: Table, noms: Sequence[str], lignes: Sequence[Ligne]) -> None:
    """Put rows in this table; `noms`: their columns."""
    colonnes = [table.columns[nom] for nom in noms]
    rangees = [
        {colonne.name: _de_json(valeur, colonne) for colonne, valeur in zip(colonnes, ligne, strict=True)}
        for ligne in lignes
    ]
    connexion.execute(table.insert(), rangees)


def en_texte(lignes: Sequence[Ligne]) -> bytes:
    """One row a line."""
    return "".join(json.dumps(ligne) + "\n" for ligne in lignes).encode()


def de_texte(octets: bytes) -> list[Ligne]:
    """What `en_texte` was given."""
    return [json.loads(ligne) for ligne in octets.split(b"\n") if ligne]


def _en_json(rangee: Row[Any]) -> Ligne:
    return [_valeur(valeur) for valeur in rangee]


def _valeur(valeur: Any) -> Any:
    if isinstance(valeur, datetime):
        return (valeur.astimezone(UTC) if valeur.tzinfo else valeur.replace(tzinfo=UTC)).isoformat()
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, (bytes, memoryview)):
        return base64.b64encode(valeur).decode("ascii")
    return valeur


def _de_json(valeur: Any, colonne: Column[Any]) -> Any:
    if valeur is None:
        return None
    if isinstance(colonne.type, DateTime):
        instant = datetime.fromisoformat(valeur)
        return instant if colonne.type.timezone else instant.replace(tzinfo=None)
    if isinstance(colonne.type, Date):
        return date.fromisoformat(valeur)
    if isinstance(colonne.type, LargeBinary):
        return base64.b64decode(valeur)
    return valeur
