"""stagiaires

Revision ID: 0016
Revises: 0015
"""

import re
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from alembic import context, op

from certif.domaine import cle_v1

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOT_MAX = 80
_SEPARATEURS = re.compile(r"[\s.,;:@_/()'’‘ʻʼ\-‐-―]+")
"""What stood between two words that day."""


def upgrade() -> None:
    op.add_column("stagiaire", sa.Column("rang", sa.Integer(), nullable=False, server_default="1"))
    # Entered one after the other: their ids are in the order of entry.
    op.execute("UPDATE stagiaire SET rang = id")
    with op.batch_alter_table("stagiaire") as lot:
        lot.alter_column("rang", server_default=None)
    op.create_table(
        "mot_stagiaire",
        sa.Column("stagiaire_id", sa.Integer(), nullable=False),
        sa.Column("mot", sa.String(length=MOT_MAX), nullable=False),
        sa.ForeignKeyConstraint(
            ["stagiaire_id"],
            ["stagiaire.id"],
            name=op.f("fk_mot_stagiaire_stagiaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("stagiaire_id", "mot", name=op.f("pk_mot_stagiaire")),
    )
    with op.batch_alter_table("mot_stagiaire") as lot:
        lot.create_index(
            "ix_mot_stagiaire_mot", ["mot"], unique=False, postgresql_ops={"mot": "varchar_pattern_ops"}
        )
    op.create_table(
        "avertissement_confirme",
        sa.Column("session_numero", sa.Integer(), nullable=False),
        sa.Column("marque", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_numero"],
            ["session_certification.numero"],
            name=op.f("fk_avertissement_confirme_session_numero"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_numero", "marque", name=op.f("pk_avertissement_confirme")),
    )
    _indexer()


def downgrade() -> None:
    op.drop_table("avertissement_confirme")
    with op.batch_alter_table("mot_stagiaire") as lot:
        lot.drop_index("ix_mot_stagiaire_mot", postgresql_ops={"mot": "varchar_pattern_ops"})
    op.drop_table("mot_stagiaire")
    op.drop_column("stagiaire", "rang")


def _indexer() -> None:
    """Make every trainee who is there findable by any word of their nom."""
    base = op.get_bind()
    reunir = context.script.get_revision("0012").module.reunir
    lignes = base.execute(sa.text("SELECT id, nom FROM stagiaire")).all()
    trouves = [
        {"qui": qui, "mot": mot}
        for qui, nom in lignes
        for mot in sorted({depart[:MOT_MAX] for depart in _departs(nom, reunir)})
    ]
    if trouves:
        base.execute(sa.text("INSERT INTO mot_stagiaire (stagiaire_id, mot) VALUES (:qui, :mot)"), trouves)


def _departs(nom: str, reunir: Callable[[str], str]) -> list[str]:
    """The key of the nom from each of its words on, in the keys of migration 0012."""
    cles = [cle for mot in _SEPARATEURS.split(nom) if (cle := reunir(cle_v1.cle(mot)))]
    return ["".join(cles[rang:]) for rang in range(len(cles))]
