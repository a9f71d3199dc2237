"""dossier of a session

Revision ID: 0004
Revises: 0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from certif.socle.base.colonnes import Instant

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "dossier_session",
        sa.Column("session_numero", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cle", sa.String(length=80), nullable=True),
        sa.Column("prise_a", Instant(), nullable=True),
        sa.Column("echecs", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=300), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("taille", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "sha256 IS NULL OR cle IS NOT NULL", name=op.f("ck_dossier_session_fait")
        ),
        sa.ForeignKeyConstraint(
            ["session_numero"],
            ["session_certification.numero"],
            name=op.f("fk_dossier_session_session_numero"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_numero", name=op.f("pk_dossier_session")),
    )
    with op.batch_alter_table("telechargement") as lot:
        lot.add_column(sa.Column("sorte", sa.String(length=20), nullable=True))
    op.execute(
        "UPDATE telechargement SET sorte ="
        " CASE WHEN certificat_emis_id IS NULL THEN 'archive' ELSE 'certificat' END"
    )
    with op.batch_alter_table("telechargement") as lot:
        lot.alter_column("sorte", existing_type=sa.String(length=20), nullable=False)


def downgrade() -> None:
    # An older application would take a download of the dossier for one of the zip: it holds as much.
    with op.batch_alter_table("telechargement") as lot:
        lot.drop_column("sorte")
    op.drop_table("dossier_session")
