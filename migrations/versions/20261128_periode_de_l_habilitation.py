"""The register says from when and until when the habilitation held, as printed.

Existing lines are filled once with its days of today.

Revision ID: 0017
Revises: 0016
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JOURS = ("debut", "fin")


def upgrade() -> None:
    for jour in JOURS:
        op.add_column("registre", sa.Column(f"habilitation_{jour}", sa.Date(), nullable=True))
    op.execute(
        "UPDATE registre SET "
        + ", ".join(
            f"habilitation_{jour} = (SELECT {jour} FROM habilitation WHERE id = registre.habilitation_id)"
            for jour in JOURS
        )
    )
    with op.batch_alter_table("registre") as lot:
        for jour in JOURS:
            lot.alter_column(f"habilitation_{jour}", existing_type=sa.Date(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("registre") as lot:
        for jour in JOURS:
            lot.drop_column(f"habilitation_{jour}")
