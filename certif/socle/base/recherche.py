"""Searching by the first letters of words, with an index on both databases, and sorting as Python does."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, String

ORDRE_DES_PREFIXES = "varchar_pattern_ops"
"""Operator class of a PostgreSQL index that serves `commence_par`, whatever the collation of the database."""

_APRES_TOUT = "\U0010ffff"


class _Commence(FunctionElement[bool]):
    """column, first text, text beyond the last one."""

    name = "commence_par"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002
        """As it is: « (…) = 1 », which SQLite would be asked for, reads no index."""
        return self


def commence_par(colonne: Any, debut: str) -> ColumnElement[bool]:
    """SQL condition: the column begins with these very characters."""
    return _Commence(colonne, debut, debut + _APRES_TOUT)


@compiles(_Commence)
def _entre_bornes(element: _Commence, compilateur: SQLCompiler, **options: Any) -> str:
    colonne, premier, apres = (compilateur.process(c, **options) for c in element.clauses)
    return f"({colonne} >= {premier} AND {colonne} < {apres})"


@compiles(_Commence, "postgresql")
def _sans_collation(element: _Commence, compilateur: SQLCompiler, **options: Any) -> str:
    colonne, premier, apres = (compilateur.process(c, **options) for c in element.clauses)
    return f"({colonne} ~>=~ {premier} AND {colonne} ~<~ {apres})"


class _ParLesOctets(FunctionElement[str]):
    """A text, to be sorted."""

    name = "par_les_octets"
    type = String()
    inherit_cache = True


def par_les_octets(colonne: Any) -> ColumnElement[str]:
    """The column, to be sorted by code points as in Python, whatever the collation of the database."""
    return _ParLesOctets(colonne)


@compiles(_ParLesOctets)
def _tel_quel(element: _ParLesOctets, compilateur: SQLCompiler, **options: Any) -> str:
    return compilateur.process(element.clauses, **options)


@compiles(_ParLesOctets, "postgresql")
def _en_c(element: _ParLesOctets, compilateur: SQLCompiler, **options: Any) -> str:
    return f'{compilateur.process(element.clauses, **options)} COLLATE "C"'
