"""Migrations say the same as the models, and copying a table deletes nothing."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import text

from certif import create_app, migration
from certif.config import RACINE, Config
from certif.socle.base.extensions import db

VERSION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = {revision!r}, {precedente!r}, None, None


def upgrade() -> None:
    {ordre}


def downgrade() -> None:
    pass
"""

CREATION = """
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.String(5)))
    op.create_table(
        "enfant",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO parent VALUES (1, 'x')")
    op.execute("INSERT INTO enfant VALUES (1, 1)")
"""

COPIE = """
    with op.batch_alter_table("parent", recreate="always") as lot:
        lot.alter_column("a", type_=sa.String(80), nullable=False)
"""


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_models_and_migrations_agree() -> None:
    check()  # exits when a migration is missing
    assert db.metadata.tables


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_down_and_up_again() -> None:
    downgrade(revision="base")
    assert db.inspect(db.engine).get_table_names() == ["alembic_version"]
    upgrade()
    assert "individu" in db.inspect(db.engine).get_table_names()


@pytest.fixture
def application(tmp_path: Path, statique_commun: Path) -> Flask:
    """An application whose migrations are a folder of this test."""
    (tmp_path / "statique").symlink_to(statique_commun)
    migrations = tmp_path / "migrations"
    shutil.copytree(RACINE / "migrations", migrations, ignore=shutil.ignore_patterns("versions"))
    (migrations / "versions").mkdir()
    for revision, precedente, ordre in (("un", None, CREATION), ("deux", "un", COPIE)):
        texte = VERSION.format(revision=revision, precedente=precedente, ordre=ordre.strip())
        (migrations / "versions" / f"{revision}.py").write_text(texte)
    application = create_app(Config.lire({"CERTIF_DONNEES": str(tmp_path)}))
    migration.installer(application)
    return application


def test_copying_a_table_keeps_the_rows_that_refer_to_it(application: Flask, tmp_path: Path) -> None:
    with application.app_context():
        upgrade(directory=str(tmp_path / "migrations"))
        db.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "certif.db")) as base:
        assert base.execute("SELECT count(*) FROM enfant").fetchone() == (1,)
        assert base.execute("SELECT version_num FROM alembic_version").fetchone() == ("deux",)


def test_a_migration_that_fails_changes_nothing(application: Flask, tmp_path: Path) -> None:
    fichier = tmp_path / "migrations" / "versions" / "deux.py"
    fichier.write_text(
        fichier.read_text().replace("def downgrade", "    raise RuntimeError\n\n\ndef downgrade")
    )
    with application.app_context():
        with pytest.raises(SystemExit):
            upgrade(directory=str(tmp_path / "migrations"))
        assert "parent" not in db.inspect(db.engine).get_table_names()
        db.engine.dispose()


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_names_equal_before_the_rule_stay_and_one_of_them_is_admitted() -> None:
    downgrade(revision="0008")
    colonnes = "(id, raison_sociale, adresse, code_postal, ville)"
    entite = text(f"INSERT INTO entite {colonnes} VALUES (:id, :nom, '', '', '')")
    for identifiant, nom in ((1, "Le Thé"), (2, "LE-THE"), (3, "Autre")):
        db.session.execute(entite, {"id": identifiant, "nom": nom})
    nom_commercial = text("INSERT INTO nom_commercial (id, entite_id, libelle) VALUES (:id, :entite, :nom)")
    for identifiant, entite_id, nom in ((1, 3, "le thé"), (2, 1, "Le thé")):
        db.session.execute(nom_commercial, {"id": identifiant, "entite": entite_id, "nom": nom})
    db.session.commit()
    upgrade()
    lignes = db.session.execute(text("SELECT entite_id, cle, admis FROM nom_pris ORDER BY entite_id, cle"))
    assert [tuple(ligne) for ligne in lignes] == [
        (1, "lethe", False),
        (2, "lethe", True),
        (3, "autre", False),
        (3, "lethe", True),
    ]
