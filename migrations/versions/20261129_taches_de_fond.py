"""what comes back finds by an index digests that are over, formateurs who cannot answer

Revision ID: 0029
Revises: 0028
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | Sequence[str] | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SESSION = "session_certification"
_INDEX = (
    ("ix_session_empechee", _SESSION, "numero", "empeche_le IS NOT NULL"),
    ("ix_courrier_recapitulatif", "courrier", "cree_le", "evenement LIKE 'recapitulatif-%'"),
)


def upgrade() -> None:
    for nom, table, colonne, ou in _INDEX:
        op.create_index(nom, table, [colonne], sqlite_where=sa.text(ou), postgresql_where=sa.text(ou))


def downgrade() -> None:
    for nom, table, _, _ in reversed(_INDEX):
        op.drop_index(nom, table_name=table)
