"""Column types shared by every table."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Enum, Index, bindparam, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment in time: aware datetimes in, aware UTC datetimes out, on every database."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an Instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def enumeration(classe: type[StrEnum]) -> Enum:
    """A column for one of our enumerations, stored as its values in plain text."""
    return Enum(classe, native_enum=False, length=24, values_callable=lambda e: [m.value for m in e])


def parmi(colonne: str, valeurs: Iterable[StrEnum]) -> str:
    """SQL of a constraint or of a partial index: the column holds one of these values."""
    liste = ",".join(f"'{valeur}'" for valeur in valeurs)
    return f"{colonne} IN ({liste})"


def index_partiel(ou: str, nom: str, *colonnes: str, unique: bool = False) -> Index:
    """An index of the rows that meet this condition, on both databases."""
    lesquelles = text(ou)
    return Index(nom, *colonnes, unique=unique, sqlite_where=lesquelles, postgresql_where=lesquelles)


def est_parmi(colonne: Any, valeurs: Iterable[StrEnum]) -> ColumnElement[bool]:
    """The same in a query, where the values are written out: a partial index serves what it is sure of."""
    return colonne.in_(bindparam(None, [*valeurs], expanding=True, literal_execute=True))  # type: ignore[no-any-return]
