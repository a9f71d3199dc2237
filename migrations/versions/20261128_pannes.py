"""pannes

Revision ID: 0011
Revises: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SORTES = ("stockage", "plein", "base", "file", "ouvrier", "suites", "sceau", "version")
_EN_COURS = sa.text("fin IS NULL")


def _sorte() -> sa.Enum:
    return sa.Enum(*_SORTES, name="sortedepanne", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "panne",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sorte", _sorte(), nullable=False),
        sa.Column("debut", Instant(), nullable=False),
        sa.Column("fin", Instant(), nullable=True),
        sa.Column("annonce_le", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_panne"),
    )
    op.create_index(
        "uq_panne_en_cours",
        "panne",
        ["sorte"],
        unique=True,
        sqlite_where=_EN_COURS,
        postgresql_where=_EN_COURS,
    )
    op.create_table(
        "attente",
        sa.Column("session_numero", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sorte", _sorte(), nullable=False),
        sa.Column("depuis", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_numero"],
            ["session_certification.numero"],
            name="fk_attente_session_numero",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_numero", name="pk_attente"),
    )


def downgrade() -> None:
    op.drop_table("attente")
    op.drop_index("uq_panne_en_cours", table_name="panne")
    op.drop_table("panne")
