"""Whether something exists, asked of few rows."""

from typing import Any

from sqlalchemy import Exists, Select


def existe(requete: Select[Any]) -> Exists:
    """SQL condition: the query, which refers to the row, finds something; looked up for each row that comes.

    Where PostgreSQL expects many rows it would read all that the query could find first, even for a page
    that stops at the twenty-fifth. What has an offset, if only of nothing, it asks row by row.
    """
    return requete.offset(0).exists()
