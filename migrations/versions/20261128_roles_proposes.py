"""rôles proposés

Revision ID: 0010
Revises: 0009

A role that a gestionnaire had given to somebody who never had a password becomes a row of its own, which waits
for its answer. The link that was mailed goes on opening the account, where the role is then accepted.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_DUREE = timedelta(days=7)
_TYPE = sa.Enum(
    "gestionnaire",
    "delegataire",
    "formateur",
    "administrateur",
    name="typerole",
    native_enum=False,
    length=24,
)


def upgrade() -> None:
    propose = op.create_table(
        "role_propose",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entite_id", sa.Integer(), nullable=False),
        sa.Column("type", _TYPE, nullable=False),
        sa.Column("nom", sa.String(80), nullable=False),
        sa.Column("prenom", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("fin_le", sa.Date(), nullable=True),
        sa.Column("par_id", sa.Integer(), nullable=False),
        sa.Column("condense", sa.String(64), nullable=False),
        sa.Column("cree_le", Instant(), nullable=False),
        sa.Column("expire_le", Instant(), nullable=False),
        sa.Column("refuse_le", Instant(), nullable=True),
        sa.CheckConstraint(
            "type IN ('gestionnaire','delegataire')", name=op.f("ck_role_propose_type_propose")
        ),
        sa.ForeignKeyConstraint(["entite_id"], ["entite.id"], name=op.f("fk_role_propose_entite_id")),
        sa.ForeignKeyConstraint(["par_id"], ["individu.id"], name=op.f("fk_role_propose_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_propose")),
        sa.UniqueConstraint("condense", name=op.f("uq_role_propose_condense")),
        sa.UniqueConstraint("entite_id", "email", "type", name=op.f("uq_role_propose_entite_id_email_type")),
    )
    for colonne in ("email", "expire_le"):
        op.create_index(op.f(f"ix_role_propose_{colonne}"), "role_propose", [colonne])
    op.add_column("role", sa.Column("derniere_venue", Instant(), nullable=True))
    with op.batch_alter_table("courrier") as lot:
        lot.alter_column("destinataire_id", existing_type=sa.Integer(), nullable=True)
    _dater_les_venues()
    assert propose is not None
    _convertir(propose)


def downgrade() -> None:
    op.execute("DELETE FROM courrier WHERE destinataire_id IS NULL")
    with op.batch_alter_table("courrier") as lot:
        lot.alter_column("destinataire_id", existing_type=sa.Integer(), nullable=False)
    op.drop_column("role", "derniere_venue")
    op.drop_table("role_propose")


def _dater_les_venues() -> None:
    """Of who has one role and no more, the last login came into its space; of the others nothing tells."""
    op.execute(
        "UPDATE role SET derniere_venue = "
        "(SELECT derniere_connexion FROM individu WHERE individu.id = role.individu_id) "
        "WHERE entite_id IS NOT NULL "
        "AND (SELECT count(*) FROM role AS autre WHERE autre.individu_id = role.individu_id) = 1"
    )


def _convertir(propose: sa.Table) -> None:
    connexion = op.get_bind()
    maintenant = datetime.now(UTC)
    roles = connexion.execute(
        sa.text(
            "SELECT role.id, role.individu_id, role.type, role.entite_id, role.fin_le, "
            "individu.nom, individu.prenom, individu.email "
            "FROM role JOIN individu ON individu.id = role.individu_id "
            "WHERE role.entite_id IS NOT NULL AND role.actif "
            "AND (role.fin_le IS NULL OR role.fin_le >= :jour) "
            "AND individu.mot_de_passe IS NULL AND individu.email IS NOT NULL ORDER BY role.id"
        ).columns(fin_le=sa.Date()),
        {"jour": maintenant.date() - timedelta(days=1)},
    ).all()
    par = _donnes_par_un_gestionnaire(connexion)
    liens = _liens(connexion, maintenant)
    lignes = []
    for role in roles:
        donneur = par.get((role.individu_id, role.type, role.entite_id))
        if donneur is None:
            continue
        cree_le, expire_le = liens.get(
            (role.individu_id, role.entite_id), (maintenant, maintenant + _DUREE)
        )
        lignes.append(
            {
                **{nom: getattr(role, nom) for nom in ("entite_id", "type", "nom", "prenom", "email", "fin_le")},
                "par_id": donneur,
                "condense": secrets.token_hex(32),
                "cree_le": cree_le,
                "expire_le": expire_le,
            }
        )
        connexion.execute(sa.text("DELETE FROM role WHERE id = :id"), {"id": role.id})
    if lignes:
        connexion.execute(sa.insert(propose), lignes)


def _donnes_par_un_gestionnaire(connexion: sa.Connection) -> dict[tuple[int, str, int], int]:
    """Who last gave each role of an entité, where it was a gestionnaire."""
    lignes = connexion.execute(
        sa.text(
            "SELECT acteur_id, role, objet_id, apres FROM journal "
            "WHERE action = 'donner_role' AND objet = 'individu' ORDER BY id"
        )
    )
    par: dict[tuple[int, str, int], int] = {}
    for acteur_id, role, individu_id, ecrit in lignes:
        apres: dict[str, Any] = json.loads(ecrit) if isinstance(ecrit, str) else ecrit or {}
        cle = (individu_id, apres.get("role", ""), apres.get("entite") or 0)
        if role == "gestionnaire" and acteur_id is not None:
            par[cle] = acteur_id
        else:
            par.pop(cle, None)
    return par


def _liens(
    connexion: sa.Connection, maintenant: datetime
) -> dict[tuple[int, int], tuple[datetime, datetime]]:
    """When the invitation that each entité sent to a person was made, and until when it serves."""
    lien = sa.table(
        "lien_compte",
        sa.column("individu_id", sa.Integer()),
        sa.column("entite_id", sa.Integer()),
        sa.column("sorte", sa.String()),
        sa.column("cree_le", Instant()),
        sa.column("expire_le", Instant()),
        sa.column("utilise_le", Instant()),
    )
    requete = sa.select(lien.c.individu_id, lien.c.entite_id, lien.c.cree_le, lien.c.expire_le).where(
        lien.c.sorte == "invitation",
        lien.c.entite_id.is_not(None),
        lien.c.utilise_le.is_(None),
        lien.c.expire_le > maintenant,
    )
    return {(i, e): (cree_le, expire_le) for i, e, cree_le, expire_le in connexion.execute(requete)}
