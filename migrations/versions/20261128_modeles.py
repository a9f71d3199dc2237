"""modèles

Revision ID: 0020
Revises: 0019
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = "modele_garde"
_VERS = {
    "entite_id": "entite",
    "auteur_id": "individu",
    "niveau_id": "niveau",
    "certificat_id": "certificat",
    "plateforme_id": "plateforme",
    "nom_commercial_id": "nom_commercial",
    "formateur_id": "individu",
}


def _parmi(nom: str, *valeurs: str) -> sa.Enum:
    return sa.Enum(*valeurs, name=nom, native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entite_id", sa.Integer(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=80), nullable=False),
        sa.Column("rappele_le", sa.Date(), nullable=True),
        sa.Column("servi_le", Instant(), nullable=False),
        sa.Column("niveau_id", sa.Integer(), nullable=True),
        sa.Column("certificat_id", sa.Integer(), nullable=True),
        sa.Column("lieu_type", _parmi("typelieu", "france", "etranger", "plateforme"), nullable=True),
        sa.Column("code_postal", sa.String(length=5), nullable=True),
        sa.Column("ville", sa.String(length=80), nullable=True),
        sa.Column("pays", sa.String(length=2), nullable=True),
        sa.Column("plateforme_id", sa.Integer(), nullable=True),
        sa.Column("identification", _parmi("identification", "initial", "maj"), nullable=True),
        sa.Column("reference_interne", sa.String(length=80), nullable=True),
        sa.Column("nom_commercial_id", sa.Integer(), nullable=True),
        sa.Column("formateur_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([colonne], [f"{table}.id"], name=op.f(f"fk_{_TABLE}_{colonne}"))
            for colonne, table in _VERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    with op.batch_alter_table(_TABLE) as lot:
        lot.create_index("ix_modele_garde_entite", ["entite_id", "servi_le"])
        lot.create_index(op.f("ix_modele_garde_nom_commercial_id"), ["nom_commercial_id"])
        lot.create_index(op.f("ix_modele_garde_rappele_le"), ["rappele_le"])


def downgrade() -> None:
    op.drop_table(_TABLE)
