"""index des lectures

Revision ID: 0027
Revises: 0026
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

revision: str = "0027"
down_revision: str | Sequence[str] | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

EMIS = "statut IN ('delivre','annule')"
LISTE = "fusionne_dans_id IS NULL AND efface_le IS NULL"
FUSIONNE = "fusionne_dans_id IS NOT NULL"
ANNULE = "statut IN ('annule')"
A_TELECHARGER = "etat = 'genere' AND telecharge_le IS NULL AND certificats_total > 0"

REMPLACES = {
    "bilan": {"ix_bilan_entite_id": (["entite_id"], ["entite_id", "date_fin"], "ix_bilan_entite_fin")},
    "journal": {
        "ix_journal_objet": (["objet", "objet_id"], ["objet_id", "objet", "quand"], "ix_journal_objet")
    },
    "session_certification": {
        "ix_session_entite_etat": (
            ["entite_id", "etat", "numero"],
            ["entite_id", "etat", "numero", "declarant_id"],
            "ix_session_entite_etat",
        ),
        "ix_session_declarant_etat": (
            ["declarant_id", "etat", "numero"],
            ["declarant_id", "entite_id", "etat", "numero"],
            "ix_session_declarant_etat",
        ),
    },
}
"""By table and by name: the columns before, those after, under which name."""

NOUVEAUX: dict[str, dict[str, tuple[list[str], str]]] = {
    "journal": {
        "ix_journal_acteur": (["acteur_id", "quand"], ""),
        "ix_journal_objet_quand": (["objet", "quand"], ""),
    },
    "registre": {
        "ix_registre_emis": (["session_numero", "numero", "statut"], EMIS),
        "ix_registre_entite": (["entite_id", "session_numero", "numero", "date_fin", "statut"], EMIS),
        "ix_registre_fin": (["date_fin", "session_numero", "numero", "entite_id", "statut"], EMIS),
        "ix_registre_annule": (["session_numero", "numero", "entite_id", "date_fin"], ANNULE),
    },
    "individu": {"ix_individu_liste": (["cle_nom", "cle_prenom", "id", "actif", "fin_le"], LISTE)},
    "role": {"ix_role_type": (["type", "individu_id", "actif", "fin_le"], "")},
    "session_certification": {
        "ix_session_entite": (["entite_id", "numero"], ""),
        "ix_session_entite_fin": (["entite_id", "date_fin"], ""),
        "ix_session_a_telecharger": (["entite_id", "declarant_id", "genere_le"], A_TELECHARGER),
        "ix_session_rectifie": (["rectifie_numero"], ""),
    },
}
"""By table and by name: the columns, and which rows if not all."""


def upgrade() -> None:
    for table, index in REMPLACES.items():
        for nom, (_, apres, nouveau) in index.items():
            op.drop_index(nom, table_name=table)
            op.create_index(nouveau, table, apres)
    op.drop_index("ix_individu_fusionne_dans_id", table_name="individu")
    creer("ix_individu_fusionne_dans_id", "individu", ["fusionne_dans_id"], FUSIONNE)
    for table, nouveaux in NOUVEAUX.items():
        for nom, (colonnes, ou) in nouveaux.items():
            creer(nom, table, colonnes, ou)


def creer(nom: str, table: str, colonnes: list[str], ou: str) -> None:
    lesquelles = text(ou) if ou else None
    op.create_index(nom, table, colonnes, sqlite_where=lesquelles, postgresql_where=lesquelles)


def downgrade() -> None:
    for table, nouveaux in NOUVEAUX.items():
        for nom in nouveaux:
            op.drop_index(nom, table_name=table)
    op.drop_index("ix_individu_fusionne_dans_id", table_name="individu")
    creer("ix_individu_fusionne_dans_id", "individu", ["fusionne_dans_id"], "")
    for table, index in REMPLACES.items():
        for nom, (avant, _, nouveau) in index.items():
            op.drop_index(nouveau, table_name=table)
            op.create_index(nom, table, avant)
