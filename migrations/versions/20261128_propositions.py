"""propositions du formateur

Revision ID: 0021
Revises: 0020
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "proposition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_numero", sa.Integer(), nullable=False),
        sa.Column("genre", sa.String(length=24), nullable=False),
        sa.Column("stagiaire_id", sa.Integer(), nullable=True),
        sa.Column("nom", sa.String(length=80), nullable=False),
        sa.Column("prenom", sa.String(length=80), nullable=False),
        sa.Column("date_naissance", sa.Date(), nullable=True),
        sa.Column("champ", sa.String(length=20), nullable=False),
        sa.Column("valeur", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_numero"],
            ["session_certification.numero"],
            name=op.f("fk_proposition_session_numero"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stagiaire_id"],
            ["stagiaire.id"],
            name=op.f("fk_proposition_stagiaire_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposition")),
    )
    with op.batch_alter_table("proposition") as lot:
        lot.create_index(op.f("ix_proposition_session_numero"), ["session_numero"], unique=False)
        lot.create_index(op.f("ix_proposition_stagiaire_id"), ["stagiaire_id"], unique=False)


def downgrade() -> None:
    op.drop_table("proposition")
