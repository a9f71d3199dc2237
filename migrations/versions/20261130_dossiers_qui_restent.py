"""dossiers qui restent

Revision ID: 0032
Revises: 0031
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

revision: str = "0032"
down_revision: str | Sequence[str] | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_RESTE = text("sha256 IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_dossier_reste",
        "dossier_session",
        ["session_numero", "echecs"],
        sqlite_where=_RESTE,
        postgresql_where=_RESTE,
    )


def downgrade() -> None:
    op.drop_index("ix_dossier_reste", table_name="dossier_session")
