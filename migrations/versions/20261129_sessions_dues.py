"""what is due to be erased is found by an index: sessions, and identity hashes by one for both

Revision ID: 0026
Revises: 0025
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | Sequence[str] | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEX = (
    ("ix_session_genere_le", "genere_le", sa.text("genere_le IS NOT NULL")),
    ("ix_session_datee", "date_fin", sa.text("genere_le IS NULL AND date_fin IS NOT NULL")),
    ("ix_session_sans_date", "modifiee_le", sa.text("genere_le IS NULL AND date_fin IS NULL")),
)
_AVEC = sa.text("empreinte_identite IS NOT NULL")
_SANS_FIN = sa.text("empreinte_identite IS NOT NULL AND fin_validite IS NULL")


def upgrade() -> None:
    op.drop_index("ix_registre_empreinte_sans_fin", table_name="registre")
    op.drop_index("ix_registre_empreinte_fin", table_name="registre")
    _indexer("ix_registre_empreinte_fin", "registre", ["fin_validite", "date_fin"], _AVEC)
    for nom, colonne, ou in _INDEX:
        _indexer(nom, "session_certification", [colonne], ou)


def downgrade() -> None:
    for nom, _, _ in reversed(_INDEX):
        op.drop_index(nom, table_name="session_certification")
    op.drop_index("ix_registre_empreinte_fin", table_name="registre")
    _indexer("ix_registre_empreinte_fin", "registre", ["fin_validite"], _AVEC)
    _indexer("ix_registre_empreinte_sans_fin", "registre", ["date_fin"], _SANS_FIN)


def _indexer(nom: str, table: str, colonnes: list[str], ou: sa.TextClause) -> None:
    op.create_index(nom, table, colonnes, sqlite_where=ou, postgresql_where=ou)
