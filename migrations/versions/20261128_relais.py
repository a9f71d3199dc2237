"""formateurs empêchés

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("session_certification", sa.Column("empeche_le", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("session_certification", "empeche_le")
