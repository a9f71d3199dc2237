"""verification

Revision ID: 0003
Revises: 0002
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '0003'
down_revision: str | Sequence[str] | None = '0002'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('essais_identite',
    sa.Column('numero', sa.String(length=24), nullable=False),
    sa.Column('jour', sa.Date(), nullable=False),
    sa.Column('essais', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('numero', 'jour', name=op.f('pk_essais_identite'))
    )
    op.create_index(op.f('ix_essais_identite_jour'), 'essais_identite', ['jour'], unique=False)
    op.add_column('empreinte_fichier', sa.Column('regroupe', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('empreinte_fichier', 'regroupe')
    op.drop_index(op.f('ix_essais_identite_jour'), table_name='essais_identite')
    op.drop_table('essais_identite')
