"""hand-over codes

Revision ID: 0019
Revises: 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0019"
down_revision: str | Sequence[str] | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "code_de_remise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificat_emis_id", sa.Integer(), nullable=False),
        sa.Column("sel", sa.String(43), nullable=False),
        sa.Column("empreinte", sa.String(64), nullable=False),
        sa.Column("cree_le", Instant(), nullable=False),
        sa.Column("arrete_le", Instant(), nullable=True),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("ouvertures", sa.Integer(), nullable=False),
        sa.Column("premiere_ouverture", Instant(), nullable=True),
        sa.Column("derniere_ouverture", Instant(), nullable=True),
        sa.CheckConstraint(
            "(ouvertures > 0) = (premiere_ouverture IS NOT NULL)",
            name=op.f("ck_code_de_remise_premiere_ouverture"),
        ),
        sa.CheckConstraint(
            "(ouvertures > 0) = (derniere_ouverture IS NOT NULL)",
            name=op.f("ck_code_de_remise_derniere_ouverture"),
        ),
        sa.ForeignKeyConstraint(
            ["certificat_emis_id"],
            ["certificat_emis.id"],
            name=op.f("fk_code_de_remise_certificat_emis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_de_remise")),
        sa.UniqueConstraint("empreinte", name=op.f("uq_code_de_remise_empreinte")),
    )
    op.create_index("ix_code_de_remise_certificat", "code_de_remise", ["certificat_emis_id"])
    vivant = sa.text("arrete_le IS NULL")
    op.create_index(
        "uq_code_de_remise_vivant",
        "code_de_remise",
        ["certificat_emis_id"],
        unique=True,
        sqlite_where=vivant,
        postgresql_where=vivant,
    )


def downgrade() -> None:
    op.drop_table("code_de_remise")
