"""conservation: what is due is found by an index

Revision ID: 0025
Revises: 0024
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | Sequence[str] | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_AVEC = sa.text("empreinte_identite IS NOT NULL")
_SANS_FIN = sa.text("empreinte_identite IS NOT NULL AND fin_validite IS NULL")


def upgrade() -> None:
    op.create_index("ix_courrier_cree_le", "courrier", ["cree_le"])
    op.create_index("ix_rappel_dit_dit_le", "rappel_dit", ["dit_le"])
    op.create_index(
        "ix_registre_empreinte_fin",
        "registre",
        ["fin_validite"],
        sqlite_where=_AVEC,
        postgresql_where=_AVEC,
    )
    op.create_index(
        "ix_registre_empreinte_sans_fin",
        "registre",
        ["date_fin"],
        sqlite_where=_SANS_FIN,
        postgresql_where=_SANS_FIN,
    )


def downgrade() -> None:
    op.drop_index("ix_registre_empreinte_sans_fin", table_name="registre")
    op.drop_index("ix_registre_empreinte_fin", table_name="registre")
    op.drop_index("ix_rappel_dit_dit_le", table_name="rappel_dit")
    op.drop_index("ix_courrier_cree_le", table_name="courrier")
