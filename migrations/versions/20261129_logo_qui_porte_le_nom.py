"""logo qui porte le nom

Revision ID: 0023
Revises: 0022
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | Sequence[str] | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("entite", "nom_commercial")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table,
            sa.Column("logo_porte_le_nom", sa.Boolean(), server_default=sa.false(), nullable=False),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "logo_porte_le_nom")
