"""logos, signatories and families of certificats

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "logo",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_logo")),
    )
    with op.batch_alter_table("entite") as lot:
        lot.add_column(sa.Column("signataire", sa.String(160), server_default="", nullable=False))
        lot.add_column(sa.Column("signataire_qualite", sa.String(80), server_default="", nullable=False))
        lot.add_column(sa.Column("logo_sha256", sa.String(64), nullable=True))
        lot.create_foreign_key(op.f("fk_entite_logo_sha256_logo"), "logo", ["logo_sha256"], ["sha256"])
    with op.batch_alter_table("certificat") as lot:
        lot.add_column(sa.Column("gabarit", sa.String(20), server_default="commun", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("certificat") as lot:
        lot.drop_column("gabarit")
    with op.batch_alter_table("entite") as lot:
        lot.drop_constraint(op.f("fk_entite_logo_sha256_logo"), type_="foreignkey")
        lot.drop_column("logo_sha256")
        lot.drop_column("signataire_qualite")
        lot.drop_column("signataire")
    op.drop_table("logo")
