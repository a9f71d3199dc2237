"""A new version migrates the database while a worker of the former one is still at work."""

import shutil
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import upgrade
from sqlalchemy import select

from certif.config import RACINE, Config
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.factories import un_organisme, une_session
from tests.support.moves import etat
from tests.support.servers import ServeurValkey, attendre
from tests.support.workers import guerir, un_ouvrier

pytestmark = [pytest.mark.pannes, pytest.mark.lent, pytest.mark.usefixtures("contexte")]

TABLES = ("session_certification", "stagiaire", "certificat_emis", "registre")

VERSION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "suivante", {tete!r}, None, None


def upgrade() -> None:
    for table in {tables!r}:
        with op.batch_alter_table(table, recreate="auto") as lot:
            lot.add_column(sa.Column("ajoutee", sa.String(20)))
            lot.create_check_constraint("ajoutee", "ajoutee IS NULL OR ajoutee <> ''")


def downgrade() -> None:
    pass
"""


@pytest.fixture
def version_suivante(tmp_path: Path) -> Path:
    """The project's migrations, and one more, which on SQLite copies the tables that production writes."""
    dossier = tmp_path / "migrations"
    shutil.copytree(RACINE / "migrations", dossier)
    tete = ScriptDirectory(str(dossier)).get_current_head()
    (dossier / "versions" / "suivante.py").write_text(VERSION.format(tete=tete, tables=TABLES))
    return dossier


def test_l_ancien_ouvrier_finit_son_travail(
    chaque_base: str, config: Config, valkey: ServeurValkey, version_suivante: Path
) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    en_cours = select(CertificatEmis.id).filter_by(etat=EtatEmission.EN_COURS)
    with un_ouvrier(config, "certificats_apres_prise:sleep=1") as ouvrier:
        attendre(lambda: (db.session.rollback(), db.session.scalars(en_cours).all())[1])
        db.session.rollback()
        upgrade(directory=str(version_suivante))
        ouvrier.join(timeout=30)
    guerir(config)
    assert etat(numero) is Etat.GENERE
    assert set(db.session.scalars(select(CertificatEmis.essai))) == {1}
    invariants.verifier(config)
    colonnes = [c["name"] for c in db.inspect(db.engine).get_columns("certificat_emis")]
    assert "ajoutee" in colonnes
