"""recapitulatif

Revision ID: 0018
Revises: 0017
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SORTES = ("resultats", "telechargements", "droits", "effacements")
_DEJA_ECRITS = (
    "session-%-telechargement-%",
    "session-%-effacement-%",
    "habilitation-%-90",
    "habilitation-%-60",
    "habilitation-%-30",
    "qualification-%-90",
    "qualification-%-60",
    "qualification-%-30",
)
"""Reminders that were mails of their own: the digest has the same events, and does not say them again."""


def upgrade() -> None:
    op.create_table(
        "rappel_dit",
        sa.Column("evenement", sa.String(length=80), nullable=False),
        sa.Column("individu_id", sa.Integer(), nullable=False),
        sa.Column("session_numero", sa.Integer(), nullable=True),
        sa.Column("dit_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["individu_id"], ["individu.id"], name="fk_rappel_dit_individu_id"),
        sa.PrimaryKeyConstraint("evenement", "individu_id", name="pk_rappel_dit"),
    )
    op.create_index("ix_rappel_dit_individu_id", "rappel_dit", ["individu_id"])
    op.create_index("ix_rappel_dit_session_numero", "rappel_dit", ["session_numero"])
    op.create_table(
        "rappel_refuse",
        sa.Column("individu_id", sa.Integer(), nullable=False),
        sa.Column(
            "sorte", sa.Enum(*_SORTES, name="sortederappel", native_enum=False, length=24), nullable=False
        ),
        sa.ForeignKeyConstraint(["individu_id"], ["individu.id"], name="fk_rappel_refuse_individu_id"),
        sa.PrimaryKeyConstraint("individu_id", "sorte", name="pk_rappel_refuse"),
    )
    op.create_table(
        "jour_recapitule",
        sa.Column("jour", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("jour", name="pk_jour_recapitule"),
    )
    for forme in _DEJA_ECRITS:
        op.execute(
            sa.text(
                "INSERT INTO rappel_dit (evenement, individu_id, session_numero, dit_le) "
                "SELECT evenement, destinataire_id, session_numero, CURRENT_DATE FROM courrier "
                "WHERE destinataire_id IS NOT NULL AND evenement LIKE :forme"
            ).bindparams(forme=forme)
        )


def downgrade() -> None:
    for table in ("jour_recapitule", "rappel_refuse", "rappel_dit"):
        op.drop_table(table)
