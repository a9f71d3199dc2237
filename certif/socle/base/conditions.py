"""Conditions written so that both databases look at few rows, and stop at what decides."""

from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, case, false, true


def existe(requete: Select[Any]) -> Exists:
    """SQL condition: the query, which refers to the row, finds something; looked up for each row that comes.

    Where PostgreSQL expects many rows it would read all that the query could find first, even for a page
    that stops at the twenty-fifth. What has an offset, if only of nothing, it asks row by row.
    """
    return requete.offset(0).exists()


def sauf(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """SQL condition: this one does not hold, or cannot be told (NULL).

    By CASE: of a condition SQLite works out no more than decides it, of one that becomes a value every part.
    """
    return case((condition, false()), else_=true())
