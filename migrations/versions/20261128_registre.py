"""The register says what was printed: raison sociale, trade name, habilitation number.

Existing lines are filled once, each from the first of these that tells: the frozen data of the certificate,
while its session stands; the journal of the entité and of the habilitation, walked back to the instant when
the number was given; today's value, which is marked as such. A trade name that nothing tells stays empty.

Revision ID: 0008
Revises: 0007
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from certif.socle.base.colonnes import Instant

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LOT = 1_000

_registre = sa.table(
    "registre",
    sa.column("numero", sa.String),
    sa.column("entite_id", sa.Integer),
    sa.column("habilitation_id", sa.Integer),
    sa.column("demande_le", Instant),
    sa.column("raison_sociale", sa.String),
    sa.column("raison_sociale_reconstituee", sa.Boolean),
    sa.column("nom_commercial", sa.String),
    sa.column("habilitation_numero", sa.String),
    sa.column("habilitation_reconstituee", sa.Boolean),
)
_entite = sa.table("entite", sa.column("id", sa.Integer), sa.column("raison_sociale", sa.String))
_habilitation = sa.table("habilitation", sa.column("id", sa.Integer), sa.column("numero", sa.String))
_emis = sa.table("certificat_emis", sa.column("numero", sa.String), sa.column("donnees", sa.JSON))
_journal = sa.table(
    "journal",
    sa.column("id", sa.Integer),
    sa.column("quand", Instant),
    sa.column("action", sa.String),
    sa.column("objet", sa.String),
    sa.column("objet_id", sa.Integer),
    sa.column("avant", sa.JSON),
    sa.column("apres", sa.JSON),
)

OBLIGATOIRES = {
    "raison_sociale": 160,
    "habilitation_numero": 40,
    "certificat_libelle": 120,
    "certificat_titre": 200,
}

_Periode = tuple[datetime | None, datetime | None, str]
"""After an instant, until another one included; None is no bound."""


def upgrade() -> None:
    op.add_column("registre", sa.Column("raison_sociale", sa.String(160), nullable=True))
    op.add_column("registre", sa.Column("habilitation_numero", sa.String(40), nullable=True))
    op.add_column("registre", sa.Column("nom_commercial", sa.String(160), server_default="", nullable=False))
    for marque in ("raison_sociale_reconstituee", "habilitation_reconstituee"):
        op.add_column("registre", sa.Column(marque, sa.Boolean(), server_default=sa.false(), nullable=False))
    _d_aujourd_hui()
    _du_journal("entite", "raison_sociale", "entite_id", "raison_sociale", "raison_sociale_reconstituee")
    _du_journal(
        "habilitation", "numero", "habilitation_id", "habilitation_numero", "habilitation_reconstituee"
    )
    _des_certificats()
    with op.batch_alter_table("registre") as lot:
        for colonne, longueur in OBLIGATOIRES.items():
            lot.alter_column(colonne, existing_type=sa.String(longueur), nullable=False)
    op.create_index("ix_registre_raison_sociale", "registre", ["entite_id", "raison_sociale"])


def downgrade() -> None:
    op.drop_index("ix_registre_raison_sociale", "registre")
    with op.batch_alter_table("registre") as lot:
        for colonne in ("certificat_libelle", "certificat_titre"):
            lot.alter_column(colonne, existing_type=sa.String(OBLIGATOIRES[colonne]), nullable=True)
        for colonne in ("raison_sociale", "habilitation_numero", "nom_commercial"):
            lot.drop_column(colonne)
        for colonne in ("raison_sociale_reconstituee", "habilitation_reconstituee"):
            lot.drop_column(colonne)


def _d_aujourd_hui() -> None:
    """What stands in until something tells more."""
    r = _registre.c
    raison_sociale = sa.select(_entite.c.raison_sociale).where(_entite.c.id == r.entite_id)
    numero = sa.select(_habilitation.c.numero).where(_habilitation.c.id == r.habilitation_id)
    op.execute(
        sa.update(_registre).values(
            raison_sociale=raison_sociale.scalar_subquery(),
            raison_sociale_reconstituee=True,
            habilitation_numero=numero.scalar_subquery(),
            habilitation_reconstituee=True,
        )
    )


def _du_journal(objet: str, champ: str, cle: str, colonne: str, marque: str) -> None:
    """What the journal tells of the value of a field of an object on the day of each line."""
    r = _registre.c
    for objet_id, changements in _changements(objet, champ).items():
        for apres, jusqu_a, valeur in periodes(changements):
            ordre = sa.update(_registre).where(r[cle] == objet_id)
            if apres is not None:
                ordre = ordre.where(r.demande_le > apres)
            if jusqu_a is not None:
                ordre = ordre.where(r.demande_le <= jusqu_a)
            op.execute(ordre.values({colonne: valeur, marque: False}))
    # Lines go by their age: where the one of its creation stands, none of its changes is missing.
    j = _journal.c
    suivis = sa.select(j.objet_id).where(j.objet == objet, j.action == "creer")
    op.execute(sa.update(_registre).where(r[cle].in_(suivis)).values({marque: False}))


def _changements(objet: str, champ: str) -> dict[int, list[tuple[datetime, Any, Any]]]:
    """Of each object, the changes of this field, oldest first: when, from what, to what."""
    j = _journal.c
    requete = sa.select(j.objet_id, j.quand, j.avant, j.apres).where(j.objet == objet)
    trouves: dict[int, list[tuple[datetime, Any, Any]]] = {}
    for objet_id, quand, avant, apres in op.get_bind().execute(requete.order_by(j.quand, j.id)):
        de, vers = (avant or {}).get(champ), (apres or {}).get(champ)
        if de is not None or vers is not None:
            trouves.setdefault(objet_id, []).append((quand, de, vers))
    return trouves


def periodes(changements: Sequence[tuple[datetime, Any, Any]]) -> Iterator[_Periode]:
    """When the value was which: until a change, what it changed; after the last one, what it made."""
    apres = None
    for quand, de, vers in changements:
        if de is not None:
            yield apres, quand, de
        apres, derniere = quand, vers
    if changements and derniere is not None:
        yield apres, None, derniere


def _des_certificats() -> None:
    """What the certificates themselves print, as long as they are there: nothing tells it better."""
    connexion = op.get_bind()
    r = _registre.c
    ordre = (
        sa.update(_registre)
        .where(r.numero == sa.bindparam("lequel"))
        .values(
            raison_sociale=sa.bindparam("entite"),
            raison_sociale_reconstituee=False,
            nom_commercial=sa.bindparam("nom"),
            habilitation_numero=sa.bindparam("habilitation"),
            habilitation_reconstituee=False,
        )
    )
    dernier = ""
    while lot := connexion.execute(
        sa.select(_emis).where(_emis.c.numero > dernier).order_by(_emis.c.numero).limit(LOT)
    ).all():
        connexion.execute(
            ordre,
            [
                {
                    "lequel": numero,
                    "entite": donnees["entite"],
                    # Certificates older than trade names have no such field.
                    "nom": donnees.get("nom_commercial") or "",
                    "habilitation": donnees["habilitation_numero"],
                }
                for numero, donnees in lot
            ],
        )
        dernier = lot[-1][0]
