"""individus

Revision ID: 0006
Revises: 0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("qualification", sa.Column("retrait_le", sa.Date(), nullable=True))
    for colonne, longueur in (("libelle", 120), ("titre", 200)):
        op.add_column("registre", sa.Column(f"certificat_{colonne}", sa.String(longueur), nullable=True))
        op.execute(
            f"UPDATE registre SET certificat_{colonne} = "
            f"(SELECT {colonne} FROM certificat WHERE certificat.id = registre.certificat_id)"
        )


def downgrade() -> None:
    op.drop_column("registre", "certificat_titre")
    op.drop_column("registre", "certificat_libelle")
    op.drop_column("qualification", "retrait_le")
