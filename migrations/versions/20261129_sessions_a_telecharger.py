"""sessions à télécharger: found by when they were generated, which tells this index from that of all

Revision ID: 0030
Revises: 0029
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

revision: str = "0030"
down_revision: str | Sequence[str] | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_A_TELECHARGER = text("etat = 'genere' AND telecharge_le IS NULL AND certificats_total > 0")


def upgrade() -> None:
    _remplacer(["entite_id", "etat", "genere_le", "declarant_id"])


def downgrade() -> None:
    _remplacer(["entite_id", "declarant_id", "genere_le"])


def _remplacer(colonnes: list[str]) -> None:
    op.drop_index("ix_session_a_telecharger", table_name="session_certification")
    op.create_index(
        "ix_session_a_telecharger",
        "session_certification",
        colonnes,
        sqlite_where=_A_TELECHARGER,
        postgresql_where=_A_TELECHARGER,
    )
