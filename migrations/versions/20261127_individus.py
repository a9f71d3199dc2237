"""individus

Revision ID: 0006
Revises: 0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("qualification", sa.Column("retrait_le", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("qualification", "retrait_le")
