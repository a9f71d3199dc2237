"""zips à refaire

Revision ID: 0028
Revises: 0027
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

revision: str = "0028"
down_revision: str | Sequence[str] | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SANS_ZIP = text("genere_le IS NOT NULL AND zip_sha256 IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_session_sans_zip",
        "session_certification",
        ["numero"],
        sqlite_where=_SANS_ZIP,
        postgresql_where=_SANS_ZIP,
    )


def downgrade() -> None:
    op.drop_index("ix_session_sans_zip", table_name="session_certification")
