"""fins, effacées et restes

Revision ID: 0031
Revises: 0030
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

revision: str = "0031"
down_revision: str | Sequence[str] | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_EN_COURS = text("retrait_le IS NULL")
_RETIREE = text("retrait_le IS NOT NULL")
_RESTE = text("etat IN ('a_produire','en_cours','echec')")
_EFFACEE = text("fusionne_dans_id IS NULL AND efface_le IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_qualification_fin",
        "qualification",
        ["fin"],
        sqlite_where=_EN_COURS,
        postgresql_where=_EN_COURS,
    )
    op.create_index(
        "ix_qualification_retrait",
        "qualification",
        ["retrait_le"],
        sqlite_where=_RETIREE,
        postgresql_where=_RETIREE,
    )
    op.create_index(
        "ix_individu_efface",
        "individu",
        ["cle_nom", "cle_prenom", "id"],
        sqlite_where=_EFFACEE,
        postgresql_where=_EFFACEE,
    )
    op.create_index(
        "ix_certificat_emis_reste",
        "certificat_emis",
        ["etat", "session_numero"],
        sqlite_where=_RESTE,
        postgresql_where=_RESTE,
    )
    op.drop_index("ix_certificat_emis_etat", table_name="certificat_emis")


def downgrade() -> None:
    op.create_index("ix_certificat_emis_etat", "certificat_emis", ["etat", "prise_a"])
    op.drop_index("ix_certificat_emis_reste", table_name="certificat_emis")
    op.drop_index("ix_individu_efface", table_name="individu")
    op.drop_index("ix_qualification_retrait", table_name="qualification")
    op.drop_index("ix_qualification_fin", table_name="qualification")
