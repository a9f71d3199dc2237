"""the names that are taken: those equal today stay, admitted

Revision ID: 0009
Revises: 0008
"""

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_LETTRES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ø": "o", "ı": "i", "ʻ": None, "ʼ": None}
)


def upgrade() -> None:
    table = op.create_table(
        "nom_pris",
        sa.Column("cle", sa.String(640), nullable=False),
        sa.Column("entite_id", sa.Integer(), nullable=False),
        sa.Column("admis", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entite_id"], ["entite.id"], name=op.f("fk_nom_pris_entite_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cle", "entite_id", name=op.f("pk_nom_pris")),
    )
    op.create_index("ix_nom_pris_entite", "nom_pris", ["entite_id"])
    seul = sa.text("NOT admis")
    op.create_index(
        "uq_nom_pris_seul", "nom_pris", ["cle"], unique=True, sqlite_where=seul, postgresql_where=seul
    )
    noms = [
        *op.get_bind().execute(sa.text("SELECT id, raison_sociale FROM entite ORDER BY id")),
        *op.get_bind().execute(sa.text("SELECT entite_id, libelle FROM nom_commercial ORDER BY id")),
    ]
    lignes: dict[tuple[str, int], dict[str, object]] = {}
    prises: set[str] = set()
    for entite_id, nom in noms:
        cle = _cle(nom)
        if cle and (cle, entite_id) not in lignes:
            lignes[cle, entite_id] = {"cle": cle, "entite_id": entite_id, "admis": cle in prises}
            prises.add(cle)
    if lignes:
        op.bulk_insert(table, list(lignes.values()))


def downgrade() -> None:
    op.drop_table("nom_pris")


def _cle(nom: str) -> str:
    """R4's key as it is this day."""
    texte = _sans_marques(_sans_marques(nom).casefold().translate(_LETTRES))
    return "".join(c for c in texte if c.isalnum())


def _sans_marques(texte: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFKD", texte) if not unicodedata.category(c).startswith("M")
    )
