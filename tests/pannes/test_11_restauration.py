"""A backup is put back, or a new version comes: no number is ever given twice, and no work is lost."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from pyrage.x25519 import Identity
from sqlalchemy import select

from certif.config import RACINE, Config
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.pannes.essai import Double, Essai, Ou
from tests.pannes.fautes import Faute
from tests.sauvegarde.conftest import Operateur
from tests.support.apps import Applications
from tests.support.factories import Organisme, un_organisme, une_session
from tests.support.servers import ServeurPostgres, ServeurValkey, attendre
from tests.support.workers import rompu, un_ouvrier

pytestmark = [pytest.mark.pannes, pytest.mark.lent]

UN_JOUR = timedelta(days=1)
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


@pytest.mark.faute(Faute.MIGRATION_EN_MARCHE)
def test_l_ancien_ouvrier_finit_son_travail(
    chaque_base: str, essai: Essai, organisme: Organisme, version_suivante: Path
) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    with un_ouvrier(essai.config, "certificats_apres_prise:sleep=1") as ouvrier:
        attendre(rompu(essai.config).exists, 30)
        db.session.rollback()
        upgrade(directory=str(version_suivante))
        ouvrier.join(timeout=30)
    essai.par_un_ouvrier()
    essai.guerit(numero)
    essai.dit(Ou.RIEN, set(db.session.scalars(select(CertificatEmis.essai))) == {1})
    colonnes = [c["name"] for c in db.inspect(db.engine).get_columns("certificat_emis")]
    assert "ajoutee" in colonnes


class TestRestauration:
    @pytest.fixture
    def operateur(self, tmp_path: Path, applications: Applications) -> Operateur:
        cle = Identity.generate()
        (tmp_path / "cle.txt").write_text(f"{cle}\n")
        return Operateur(tmp_path / "sauvegardes", tmp_path / "cle.txt", applications)

    @pytest.fixture
    def essai(self, valkey: ServeurValkey, app: Flask, config: Config) -> Essai:
        """No context stays open: the place changes on the way."""
        return Essai(app, config)

    @pytest.fixture
    def neuf(self, request: pytest.FixtureRequest, config: Config, tmp_path: Path) -> Iterator[Config]:
        """Settings that lead to a new data folder, and an empty database of this kind."""
        donnees = tmp_path / "neuf"
        donnees.mkdir(mode=0o700)
        ailleurs = replace(config, donnees=donnees, stockage=donnees / "fichiers")
        if config.base.startswith("sqlite"):
            yield replace(ailleurs, base=f"sqlite:///{donnees / 'certif.db'}")
            return
        serveur: ServeurPostgres = request.getfixturevalue("serveur_pg")
        url = serveur.creer("restauree")
        yield replace(ailleurs, base=url.replace("postgresql://", "postgresql+psycopg://"))
        serveur.supprimer(url)

    @pytest.mark.pannes(un_sur=2)
    @pytest.mark.faute(Faute.SAUVEGARDE_RESTAUREE)
    @pytest.mark.usefixtures("documents_rapides")
    def test_ce_qui_a_ete_delivre_apres_ne_l_est_plus_jamais(
        self, chaque_base: str, essai: Essai, operateur: Operateur, config: Config, neuf: Config
    ) -> None:
        """A session was in generation at the backup, others were issued after it: both go on, apart."""
        jour = aujourd_hui()  # midnight may pass meanwhile
        with operateur.chez(config):
            organisme = un_organisme()
            une_session(organisme, Etat.GENERE, date_fin=jour)
            en_cours = une_session(organisme, Etat.GENERATION, date_fin=jour - UN_JOUR)
        fichier = operateur.sauvegarder(config)
        avant = self.delivrer_encore(operateur, config, organisme, jour - 2 * UN_JOUR)
        resultat = operateur.restaurer(neuf, fichier)
        assert resultat.exit_code == 0, resultat.output
        essai.dit(Ou.JOURNAL, "Restauré" in resultat.output)
        apres = self.delivrer_encore(operateur, neuf, organisme, jour - 2 * UN_JOUR)
        if avant[0] & apres[0] or avant[1] & apres[1]:
            raise Double("a number was given twice")
        with operateur.chez(neuf):
            essai.config = neuf
            essai.guerit(en_cours)

    def delivrer_encore(
        self, operateur: Operateur, config: Config, organisme: Organisme, date_fin: date
    ) -> tuple[set[int], set[str]]:
        """The numbers of sessions and certificates that are given here from now on."""
        with operateur.chez(config):
            s, c = SessionCertification.numero, CertificatEmis.numero
            deja = set(db.session.scalars(select(s))), set(db.session.scalars(select(LigneRegistre.numero)))
            une_session(organisme, Etat.GENERE, reussites=3, date_fin=date_fin)
            db.session.rollback()
            return set(db.session.scalars(select(s))) - deja[0], set(db.session.scalars(select(c))) - deja[1]
