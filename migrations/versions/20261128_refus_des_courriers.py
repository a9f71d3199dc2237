"""refus des courriers

Revision ID: 0022
Revises: 0021
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0022"
down_revision: str | Sequence[str] | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("courrier", sa.Column("refuse_le", Instant(), nullable=True))
    op.create_index("ix_courrier_destinataire_id", "courrier", ["destinataire_id"])


def downgrade() -> None:
    op.drop_index("ix_courrier_destinataire_id", table_name="courrier")
    op.drop_column("courrier", "refuse_le")
