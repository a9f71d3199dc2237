"""What the database counts by itself: the last identifier that it gave in each table."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, func, select, text

_COMPTEURS_PG = """
SELECT t.relname, pg_sequence_last_value(s.oid)
FROM pg_class s
JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace
"""


def lire(connexion: Connection) -> dict[str, int]:
    """The last one given, by table: it may be above all that are still there.

    SQLite counts on only where a table says so; PostgreSQL everywhere.
    """
    requete = "SELECT name, seq FROM sqlite_sequence" if _sqlite(connexion) else _COMPTEURS_PG
    return {nom: dernier for nom, dernier in connexion.execute(text(requete)) if dernier is not None}


def poser(connexion: Connection, tables: Iterable[Table], derniers: Mapping[str, int]) -> None:
    """Go on after these, and after what the tables hold; to be called once they are filled."""
    for table in tables:
        cle = list(table.primary_key.columns)
        if len(cle) != 1:
            continue
        if _sqlite(connexion):
            if table.name in derniers:
                _poser_sqlite(connexion, table.name, derniers[table.name])
        elif sequence := connexion.scalar(
            text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": cle[0].name}
        ):
            dernier = max(derniers.get(table.name, 0), connexion.scalar(select(func.max(cle[0]))) or 0)
            if dernier:
                connexion.execute(text("SELECT setval(:s, :v)"), {"s": sequence, "v": dernier})


def _poser_sqlite(connexion: Connection, table: str, dernier: int) -> None:
    """SQLite has counted what was put in the table, by its highest identifier."""
    changee = connexion.execute(
        text("UPDATE sqlite_sequence SET seq = max(seq, :v) WHERE name = :t"), {"v": dernier, "t": table}
    )
    if not changee.rowcount:
        connexion.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:t, :v)"), {"v": dernier, "t": table}
        )


def _sqlite(connexion: Connection) -> bool:
    return connexion.dialect.name == "sqlite"
