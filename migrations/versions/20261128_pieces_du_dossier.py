"""pieces du dossier

Revision ID: 0014
Revises: 0013
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("dossier_session", sa.Column("pieces", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("dossier_session", "pieces")
