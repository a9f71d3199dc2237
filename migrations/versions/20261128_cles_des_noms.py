"""keys of names: one for the letters that look alike

Two trainees of one session may become one by it: they stay, so the database no longer forbids it. What is typed
is still refused by the rule, under the lock of the session.

Revision ID: 0012
Revises: 0011
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

from certif.domaine import cle_v1

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LOT = 1000
UNIQUE = "uq_stagiaire_session_numero_cle_nom_cle_prenom_date_naissance"
IDENTITE = ["session_numero", "cle_nom", "cle_prenom", "date_naissance"]
PERSONNES = ("individu", "stagiaire")
MOTS = (("mot_individu", "individu_id"), ("mot_entite", "entite_id"))
MOT_MAX = 80

# The table as it was that day: a key, then the letters that have it since.
SEMBLABLES = """
a 03B1 0430
ae 04D5
b 0299 03B2 0432 A7B5
c 0283 03C3 0441
d 00F0 0256 0501
e 025B 03B5 0435 0454 0511
g 0261
h 019E 029C 03B7 043D 04BB
i 0269 03B9 0456 04CF A647
j 03F3 0458
k 0138 03BA
m 03BC 043C
n 03BD
o 03BF 043E
p 03C1 0440
q 051B
s 0455 A731
t 03C4 0442
w 051D
x 03C7 0445 AB53
y 028B 03C5 0443 04AF
z 03B6 1D22
þ 03F8
ħ 045B
ƃ 0431
ƕ 050B
ƨ A645
ǝ 0259 04D9
ȥ 1D8E
ɔ 037B 2184
ɜ 0437
ɦ A695
ɵ 03B8 0473 04E9
ɸ 03C6 0444
ɼ A785
ʌ 03BB
ʒ 04E1
ʘ A669
ʚ A79D
ͷ 0438
ͽ A73F
γ 0433
δ 1E9F
π 043F
ψ 0471
ш A7FA
ѵ 2C71
ң 0527 2C68
ӽ 1D8D
ᴘ 1D29
ꙍ A7B7
ꚙ A74F
"""
TRADUCTION = {
    int(code, 16): ligne.split()[0] for ligne in SEMBLABLES.split("\n") for code in ligne.split()[1:]
}


def upgrade() -> None:
    with op.batch_alter_table("stagiaire") as lot:
        lot.drop_constraint(UNIQUE, type_="unique")
        lot.create_index("ix_stagiaire_identite", IDENTITE)
    for table in PERSONNES:
        for lignes in _par_lots(table):
            _ecrire(table, [(i, *anciennes, *map(reunir, anciennes)) for i, _, _, *anciennes in lignes])
    for table, colonne in MOTS:
        _reunir_les_mots(table, colonne)
    _reunir_les_noms_pris()


def downgrade() -> None:
    for table in PERSONNES:
        for lignes in _par_lots(table):
            _ecrire(table, [(i, *cles, cle_v1.cle(nom), cle_v1.cle(prenom)) for i, nom, prenom, *cles in lignes])
    with op.batch_alter_table("stagiaire") as lot:
        lot.drop_index("ix_stagiaire_identite")
        lot.create_unique_constraint(UNIQUE, IDENTITE)


def reunir(cle: str) -> str:
    """The new key of what had this one: it only makes some of its letters one."""
    return cle.translate(TRADUCTION)


def _par_lots(table: str) -> Iterator[Sequence[sa.Row[tuple[int, str, str, str, str]]]]:
    """Every person, a thousand at a time: id, nom, prénom and their keys."""
    requete = sa.text(
        f"SELECT id, nom, prenom, cle_nom, cle_prenom FROM {table} WHERE id > :apres ORDER BY id LIMIT {LOT}"
    )
    apres = 0
    while lignes := op.get_bind().execute(requete, {"apres": apres}).all():
        yield lignes
        apres = lignes[-1].id


def _ecrire(table: str, lignes: list[tuple[int, str, str, str, str]]) -> None:
    changees = [
        {"qui": i, "nom": nom, "prenom": prenom}
        for i, avant_nom, avant_prenom, nom, prenom in lignes
        if (avant_nom, avant_prenom) != (nom, prenom)
    ]
    if changees:
        op.get_bind().execute(
            sa.text(f"UPDATE {table} SET cle_nom = :nom, cle_prenom = :prenom WHERE id = :qui"), changees
        )


def _reunir_les_mots(table: str, colonne: str) -> None:
    """Rewrite each word that changes for all who have it; who has both keeps one."""
    base = op.get_bind()
    mots = base.scalars(sa.text(f"SELECT DISTINCT mot FROM {table}")).all()
    changes = [
        {"avant": mot, "apres": nouveau} for mot in mots if (nouveau := reunir(mot)[:MOT_MAX]) != mot
    ]
    if changes:
        base.execute(
            sa.text(
                f"INSERT INTO {table} ({colonne}, mot) SELECT {colonne}, CAST(:apres AS VARCHAR) FROM {table} AS a WHERE mot = :avant"
                f" AND NOT EXISTS (SELECT 1 FROM {table} AS b WHERE b.{colonne} = a.{colonne} AND b.mot = :apres)"
            ),
            changes,
        )
        base.execute(sa.text(f"DELETE FROM {table} WHERE mot = :avant"), changes)


def _reunir_les_noms_pris() -> None:
    """Of two entités whose names become one, the second is admitted: both stay, and are listed."""
    base = op.get_bind()
    table = sa.table(
        "nom_pris", sa.column("cle", sa.String), sa.column("entite_id", sa.Integer), sa.column("admis", sa.Boolean)
    )
    avant = base.execute(sa.select(table).order_by(table.c.admis, table.c.entite_id, table.c.cle)).all()
    if all(reunir(ligne.cle) == ligne.cle for ligne in avant):
        return
    apres: dict[tuple[str, int], dict[str, object]] = {}
    prises: set[str] = set()
    for cle, entite_id, admis in avant:
        nouvelle = reunir(cle)
        if (nouvelle, entite_id) not in apres:
            apres[nouvelle, entite_id] = {"cle": nouvelle, "entite_id": entite_id, "admis": admis or nouvelle in prises}
            prises.add(nouvelle)
    base.execute(sa.delete(table))
    base.execute(sa.insert(table), list(apres.values()))
