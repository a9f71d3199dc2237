"""Restoring a backup into a database that holds nothing, SQLite or PostgreSQL whichever it came from."""

import gzip
import hmac
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pyrage.x25519 import Identity
from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.exc import DataError, IntegrityError

from certif.sauvegarde import compteurs, marque, rangees
from certif.sauvegarde.archive import SauvegardeIllisible, dechiffrer
from certif.sauvegarde.faire import FICHIERS, FIN, FORMAT, LIGNES, MANIFESTE, Compte
from certif.sauvegarde.preuve import Preuve
from certif.socle import stockage
from certif.socle.base.extensions import ECRITURE, db

Migrer = Callable[[str], Callable[[], None]]
"""Gives what makes the empty tables of this version of the database."""

_MAL_FORMEES = (
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    zlib.error,
    gzip.BadGzipFile,
    IntegrityError,
    DataError,
)


class OrigineInconnue(Exception):
    """Not made under the secret key of this platform; nothing was changed."""


class BaseOccupee(Exception):
    """The database holds rows already; nothing was changed."""


def charger(fichier: Path, cles: Sequence[Identity], migrer: Migrer, *, prouvee: bool = True) -> Compte:
    """Put back all rows, or none, and the files; `marque` stands from then on, until it is taken away.

    Over whatever a restoration that did not end has left. `prouvee`: only what the secret key of this
    platform proves to be its own.

    Raises:
        OrigineInconnue: it was made under another secret key, or by nobody of ours: no row was put back.
        SauvegardeIllisible: another key, another program, or a file that is not whole: no row was put back.
        BaseOccupee: the same.
        StockageIndisponible: the same, but some files may have been written.
    """
    if not marque.inachevee() and _occupee():
        raise BaseOccupee
    # Once to the end first: files that stand in the store are written over by nothing that is refused.
    with _bien_formee():
        faire_les_tables = migrer(_eprouver(fichier, cles, prouvee=prouvee)["version"])
    marque.poser()
    stockage.preparer()
    with dechiffrer(fichier, cles) as chiffrees, _bien_formee():
        parties = _lire(chiffrees)
        manifeste = _manifeste(parties)
        _vider()
        faire_les_tables()
        with _remplissage() as (connexion, tables):
            compte = _verser(connexion, tables, parties)
            compteurs.poser(connexion, tables.values(), manifeste["compteurs"])
            marque.noter_tout_revenu(connexion)
    return compte


@contextmanager
def _bien_formee() -> Iterator[None]:
    """Whoever has the public key may have written anything."""
    try:
        yield
    except _MAL_FORMEES as erreur:
        raise SauvegardeIllisible("cette sauvegarde n’a pas été faite par Certif.") from erreur


def _eprouver(fichier: Path, cles: Sequence[Identity], *, prouvee: bool) -> Mapping[str, Any]:
    """Read all of it, and write nothing; its manifest."""
    preuve, debut = Preuve(), ("", b"")
    with dechiffrer(fichier, cles) as chiffrees, _bien_formee():
        for nom, octets in _lire(chiffrees):
            if nom == FIN:
                if prouvee and not hmac.compare_digest(json.loads(octets)["preuve"], preuve.valeur()):
                    raise OrigineInconnue
                return _manifeste(iter([debut]))
            debut = debut if debut[0] else (nom, octets)
            preuve.lire(nom, octets)
    raise SauvegardeIllisible("cette sauvegarde est incomplète ou abîmée.")


def _lire(parties: Iterable[tuple[str, IO[bytes]]]) -> Iterator[tuple[str, bytes]]:
    """Each whole."""
    for nom, contenu in parties:
        yield nom, contenu.read()


def _manifeste(parties: Iterator[tuple[str, bytes]]) -> Mapping[str, Any]:
    nom, octets = next(parties, ("", b""))
    if nom != MANIFESTE:
        raise SauvegardeIllisible("cette sauvegarde n’a pas été faite par Certif.")
    manifeste: dict[str, Any] = json.loads(octets)
    if manifeste["format"] != FORMAT:
        raise SauvegardeIllisible("cette sauvegarde vient d’une version plus récente de Certif.")
    return manifeste


def _verser(
    connexion: Connection, tables: Mapping[str, Table], parties: Iterable[tuple[str, bytes]]
) -> Compte:
    """Put everything back; what there was."""
    compte = Compte()
    for nom, octets in parties:
        dossier, _, reste = nom.partition("/")
        if dossier == LIGNES:
            colonnes, *lignes = rangees.de_texte(gzip.decompress(octets))
            rangees.ecrire(connexion, tables[reste.partition("/")[0]], colonnes, lignes)
            compte.lignes += len(lignes)
        elif dossier == FICHIERS:
            stockage.ecrire(reste, octets)
            compte.fichiers += 1
        elif nom == FIN:
            if compte.en_json().items() <= json.loads(octets).items():
                return compte
            break
    raise SauvegardeIllisible("cette sauvegarde est incomplète ou abîmée.")


def _occupee() -> bool:
    with db.engine.connect() as connexion:
        return any(
            connexion.scalar(select(func.count()).select_from(select(table).limit(1).subquery()))
            for table in rangees.tables(connexion)
        )


def _vider() -> None:
    """Empty tables may be of another version; others are what a restoration that did not end has left."""
    with db.engine.connect() as connexion, _sans_liens(connexion), connexion.begin():
        presentes = MetaData()
        presentes.reflect(connexion)
        restes = [table for nom, table in presentes.tables.items() if nom != marque.INACHEVEE]
        presentes.drop_all(connexion, restes)


@contextmanager
def _remplissage() -> Iterator[tuple[Connection, dict[str, Table]]]:
    """A transaction in which rows may come before those that they refer to; all is judged at its end."""
    with (
        db.engine.connect() as connexion,
        _sans_liens(connexion),
        connexion.execution_options(**{ECRITURE: True}).begin(),
    ):
        tables = {table.name: table for table in rangees.tables(connexion) if table.name != marque.INACHEVEE}
        _differer(connexion, tables)
        yield connexion, tables
        _juger(connexion, tables)


@contextmanager
def _sans_liens(connexion: Connection) -> Iterator[None]:
    """Rows of SQLite that refer to none meanwhile; it accepts to be told so outside any transaction only."""
    if connexion.dialect.name != "sqlite":
        yield
        return
    pilote = connexion.connection.driver_connection
    pilote.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    try:
        yield
    finally:
        pilote.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _differer(connexion: Connection, tables: Mapping[str, Table]) -> None:
    if connexion.dialect.name != "sqlite":
        _changer_les_liens(connexion, tables, "DEFERRABLE INITIALLY DEFERRED")


def _juger(connexion: Connection, tables: Mapping[str, Table]) -> None:
    if connexion.dialect.name == "sqlite":
        if connexion.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise SauvegardeIllisible("cette sauvegarde se contredit.")
        return
    connexion.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _changer_les_liens(connexion, tables, "NOT DEFERRABLE")


def _changer_les_liens(connexion: Connection, tables: Mapping[str, Table], comment: str) -> None:
    for table in tables.values():
        for lien in table.foreign_key_constraints:
            connexion.execute(text(f"ALTER TABLE {table.name} ALTER CONSTRAINT {lien.name} {comment}"))
