"""demandes of another identity, and the name that a gestionnaire found exact

Revision ID: 0015
Revises: 0014
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ACCEPTEE = "(etat = 'acceptee') = (habilitation_id IS NOT NULL)"
_ACCEPTEE_OU_IDENTITE = "(etat = 'acceptee' AND nature <> 'identite') = (habilitation_id IS NOT NULL)"


def upgrade() -> None:
    op.add_column("entite", sa.Column("nom_confirme", sa.String(160), server_default="", nullable=False))
    dernier = _dernier_numero()
    with op.batch_alter_table("demande", table_kwargs={"sqlite_autoincrement": True}) as lot:
        lot.alter_column("niveau_id", existing_type=sa.Integer(), nullable=True)
        lot.add_column(sa.Column("raison_sociale", sa.String(160), server_default="", nullable=False))
        lot.add_column(sa.Column("siret", sa.String(14), server_default="", nullable=False))
        lot.drop_constraint(lot.f("ck_demande_acceptee"), type_="check")
        lot.create_check_constraint(lot.f("ck_demande_acceptee"), _ACCEPTEE_OU_IDENTITE)
        lot.create_check_constraint(lot.f("ck_demande_nature"), "(nature = 'identite') = (niveau_id IS NULL)")
    _garder_le_numero(dernier)
    ouverte = sa.text("niveau_id IS NULL AND etat IN ('brouillon','transmise','a_completer')")
    op.create_index(
        "uq_demande_identite_ouverte",
        "demande",
        ["entite_id"],
        unique=True,
        sqlite_where=ouverte,
        postgresql_where=ouverte,
    )
    op.create_table(
        "nom_souhaite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demande_id", sa.Integer(), nullable=False),
        sa.Column("nom_commercial_id", sa.Integer(), nullable=True),
        sa.Column("libelle", sa.String(160), nullable=False),
        sa.ForeignKeyConstraint(
            ["demande_id"], ["demande.id"], name=op.f("fk_nom_souhaite_demande_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["nom_commercial_id"],
            ["nom_commercial.id"],
            name=op.f("fk_nom_souhaite_nom_commercial_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nom_souhaite")),
    )
    for colonne in ("demande_id", "nom_commercial_id"):
        op.create_index(op.f(f"ix_nom_souhaite_{colonne}"), "nom_souhaite", [colonne])


def downgrade() -> None:
    op.drop_table("nom_souhaite")
    op.drop_index("uq_demande_identite_ouverte", "demande")
    for enfant in ("evenement_demande", "piece_jointe", "plateforme_demandee"):
        op.execute(
            f"DELETE FROM {enfant} WHERE demande_id IN (SELECT id FROM demande WHERE nature = 'identite')"
        )
    op.execute("DELETE FROM demande WHERE nature = 'identite'")
    dernier = _dernier_numero()
    with op.batch_alter_table("demande", table_kwargs={"sqlite_autoincrement": True}) as lot:
        lot.drop_constraint(lot.f("ck_demande_nature"), type_="check")
        lot.drop_constraint(lot.f("ck_demande_acceptee"), type_="check")
        lot.create_check_constraint(lot.f("ck_demande_acceptee"), _ACCEPTEE)
        lot.alter_column("niveau_id", existing_type=sa.Integer(), nullable=False)
        lot.drop_column("raison_sociale")
        lot.drop_column("siret")
    _garder_le_numero(dernier)
    op.drop_column("entite", "nom_confirme")


def _dernier_numero() -> int:
    """SQLite's count of the demandes ever made: the copy of the table would forget those deleted since."""
    if op.get_bind().dialect.name != "sqlite":
        return 0
    return op.get_bind().scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'demande'")) or 0


def _garder_le_numero(dernier: int) -> None:
    if dernier:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'demande'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('demande', {dernier})")
