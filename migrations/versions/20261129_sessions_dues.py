"""sessions: which is due to be erased is found by an index

Revision ID: 0026
Revises: 0025
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | Sequence[str] | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEX = (
    ("ix_session_genere_le", "genere_le", sa.text("genere_le IS NOT NULL")),
    ("ix_session_datee", "date_fin", sa.text("genere_le IS NULL AND date_fin IS NOT NULL")),
    ("ix_session_sans_date", "modifiee_le", sa.text("genere_le IS NULL AND date_fin IS NULL")),
)


def upgrade() -> None:
    for nom, colonne, ou in _INDEX:
        op.create_index(nom, "session_certification", [colonne], sqlite_where=ou, postgresql_where=ou)


def downgrade() -> None:
    for nom, _, _ in reversed(_INDEX):
        op.drop_index(nom, table_name="session_certification")
