"""A restored backup is what was saved, on either database; what is not whole puts back nothing."""

import gzip
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyrage.x25519 import Identity
from sqlalchemy import func, inspect, select

from certif import migration
from certif.config import RACINE, Config
from certif.domaine.acces.modeles import Connexion
from certif.domaine.sessions.actions.saisie import creer
from certif.domaine.sessions.modeles import SessionCertification
from certif.ouverture import exiger_une_base_entiere
from certif.sauvegarde import marque, restaurer
from certif.sauvegarde.archive import Partie, chiffrer
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.sauvegarde.conftest import Endroit, Operateur
from tests.support import invariants
from tests.support.factories import Organisme
from tests.support.moves import existe

MANIFESTE_LU = "le manifeste d’une base vide"
MANIFESTE = ("manifeste.json", b'{"format": 1, "version": "0025", "compteurs": {}}')
PG = pytest.param("postgresql", marks=pytest.mark.postgres)


def _fichiers() -> dict[str, bytes]:
    return {cle: stockage.lire(cle) for cle in stockage.lister()}


@pytest.mark.parametrize("vers", ["sqlite", PG])
@pytest.mark.usefixtures("chaque_base")
def test_rows_and_files_are_those_that_were_saved(
    operateur: Operateur, organisme: Organisme, config: Config, endroit: Endroit, vers: str
) -> None:
    avant = operateur.contenu(config)
    with operateur.chez(config):
        fichiers = _fichiers()
    assert fichiers and len(avant["session_certification"]) == 4
    fichier, neuf = operateur.sauvegarder(config), endroit(vers)
    with operateur.chez(neuf):
        restaurer.charger(fichier, operateur.cles, migration.creer)
    apres = operateur.contenu(neuf)
    assert apres.pop(marque.INACHEVEE) == []
    assert apres == avant
    with operateur.chez(neuf):
        assert _fichiers() == fichiers


@pytest.mark.parametrize("vers", ["sqlite", PG])
@pytest.mark.usefixtures("chaque_base")
def test_it_serves_and_issues_no_number_again(
    operateur: Operateur, organisme: Organisme, config: Config, endroit: Endroit, vers: str
) -> None:
    with operateur.chez(config):
        assert creer(organisme.gestionnaire, "perdue") == 5
        db.session.delete(db.session.get_one(SessionCertification, 5))
        db.session.commit()
    fichier = operateur.sauvegarder(config)
    neuf = endroit(vers)
    resultat = operateur.restaurer(neuf, fichier)
    assert resultat.exit_code == 0, resultat.output
    assert "Restauré : " in resultat.output and "Prêt." in resultat.output
    with operateur.chez(neuf):
        assert not marque.inachevee()
        assert creer(organisme.gestionnaire, "jeton") > 10_000
        invariants.verifier(neuf)
        assert not db.session.scalar(
            select(func.count()).select_from(Connexion).where(Connexion.fermee_le.is_(None))
        )


def test_what_is_due_is_erased_before_it_serves(
    operateur: Operateur,
    organisme: Organisme,
    config: Config,
    endroit: Endroit,
) -> None:
    fichier = operateur.sauvegarder(config)
    neuf = replace(endroit("sqlite"), decalage_horloge=timedelta(days=1_500))
    assert operateur.restaurer(neuf, fichier).exit_code == 0
    with operateur.chez(neuf):
        assert not existe(4) and stockage.lister("4/") == []


class TestRefus:
    @pytest.fixture
    def fichier(self, operateur: Operateur, organisme: Organisme, config: Config) -> Path:
        return operateur.sauvegarder(config)

    @pytest.fixture
    def neuf(self, endroit: Endroit) -> Config:
        return endroit("sqlite")

    def _rien(self, operateur: Operateur, neuf: Config) -> None:
        with operateur.chez(neuf):
            assert [
                nom
                for nom in inspect(db.engine).get_table_names()
                if nom != "alembic_version" and db.session.execute(db.text(f"SELECT 1 FROM {nom}")).first()
            ] == []
            assert not marque.inachevee()

    def test_another_key(self, operateur: Operateur, fichier: Path, neuf: Config, tmp_path: Path) -> None:
        autre = tmp_path / "autre.txt"
        autre.write_text(str(Identity.generate()))
        resultat = operateur.restaurer(neuf, fichier, autre)
        assert resultat.exit_code == 1 and "cette clé n’ouvre pas" in resultat.output
        self._rien(operateur, neuf)

    @pytest.mark.parametrize("octets", [b"# rien\n", b"AGE-SECRET-KEY-1QQQ", b"\x00\xff\xfe"])
    def test_no_key(
        self, operateur: Operateur, fichier: Path, neuf: Config, tmp_path: Path, octets: bytes
    ) -> None:
        (tmp_path / "autre.txt").write_bytes(octets)
        resultat = operateur.restaurer(neuf, fichier, tmp_path / "autre.txt")
        assert resultat.exit_code == 1 and "rien n’a été restauré" in resultat.output
        assert "Traceback" not in resultat.output

    @pytest.mark.parametrize("reste", [0, 70_000, -1])
    def test_one_that_stops_short(
        self, operateur: Operateur, fichier: Path, neuf: Config, reste: int
    ) -> None:
        octets = fichier.read_bytes()
        fichier.write_bytes(octets[:reste])
        resultat = operateur.restaurer(neuf, fichier)
        assert resultat.exit_code == 1 and "rien n’a été restauré" in resultat.output
        assert "Traceback" not in resultat.output
        self._rien(operateur, neuf)
        fichier.write_bytes(octets)
        assert operateur.restaurer(neuf, fichier).exit_code == 0, "what the attempt left is in nobody's way"

    @pytest.mark.parametrize("ou", [0.1, 0.9])
    def test_one_that_was_changed(self, operateur: Operateur, fichier: Path, neuf: Config, ou: float) -> None:
        octets = bytearray(fichier.read_bytes())
        octets[int(ou * len(octets))] ^= 1
        fichier.write_bytes(octets)
        resultat = operateur.restaurer(neuf, fichier)
        assert resultat.exit_code == 1 and "incomplète ou abîmée" in resultat.output
        self._rien(operateur, neuf)

    def test_one_that_another_platform_made(
        self, operateur: Operateur, fichier: Path, config: Config, neuf: Config
    ) -> None:
        """The public key is no secret: with it anybody could have written certificates of their own."""
        autre = replace(neuf, cle_secrete="x" * 40)
        with operateur.chez(config):
            cle_objet = stockage.lister("4/")[0]
        with operateur.chez(autre):
            stockage.ecrire(cle_objet, b"celui qui est en place")
        resultat = operateur.restaurer(autre, fichier)
        assert resultat.exit_code == 1 and "--sans-preuve" in resultat.output
        self._rien(operateur, autre)
        with operateur.chez(autre):
            assert stockage.lire(cle_objet) == b"celui qui est en place"
        cle = ("--cle", str(operateur.cle))
        assert operateur.lancer(autre, "restaurer", str(fichier), *cle, "--sans-preuve").exit_code == 0

    @pytest.mark.parametrize(
        "parties",
        [
            [],
            [("lignes/individu/0.jsonl.gz", b"")],
            [("manifeste.json", b"{}")],
            [("manifeste.json", b"\xff")],
            [(MANIFESTE_LU, b"")],
            [(MANIFESTE_LU, b""), ("lignes/nulle_part/0.jsonl.gz", gzip.compress(b"[]\n"))],
            [(MANIFESTE_LU, b""), ("lignes/individu/0.jsonl.gz", b"pas du gzip")],
            [(MANIFESTE_LU, b""), ("lignes/individu/0.jsonl.gz", gzip.compress(b'["id"]\n["x"]\n'))],
            [(MANIFESTE_LU, b""), ("fichiers/../../evasion", b"x")],
            [(MANIFESTE_LU, b""), ("fin.json", b'{"lignes": 0, "fichiers": 0}')],
            [(MANIFESTE_LU, b""), ("fin.json", b'{"lignes": 0, "fichiers": 0, "preuve": "0"}')],
        ],
    )
    def test_what_anybody_could_have_written(
        self, operateur: Operateur, neuf: Config, tmp_path: Path, parties: list[tuple[str, bytes]]
    ) -> None:
        parties = [MANIFESTE if nom == MANIFESTE_LU else (nom, octets) for nom, octets in parties]
        with (tmp_path / "forge.age").open("wb") as sortie:
            destinataires = [cle.to_public() for cle in operateur.cles]
            chiffrer([Partie(nom, len(octets), [octets]) for nom, octets in parties], sortie, destinataires)
        resultat = operateur.restaurer(neuf, tmp_path / "forge.age")
        assert resultat.exit_code == 1 and "rien n’a été restauré" in resultat.output
        assert "Traceback" not in resultat.output
        self._rien(operateur, neuf)
        assert not list(tmp_path.rglob("evasion"))

    def test_a_database_that_holds_something(
        self, operateur: Operateur, fichier: Path, config: Config
    ) -> None:
        avant = operateur.contenu(config)
        resultat = operateur.restaurer(config, fichier)
        assert resultat.exit_code == 1 and "n’est pas vide" in resultat.output
        assert operateur.contenu(config) == avant

    def test_one_of_a_later_program(
        self, operateur: Operateur, fichier: Path, config: Config, neuf: Config
    ) -> None:
        with operateur.chez(config):
            db.session.execute(db.text("UPDATE alembic_version SET version_num = 'demain'"))
            db.session.commit()
        resultat = operateur.restaurer(neuf, operateur.sauvegarder(config))
        assert resultat.exit_code == 1 and "version plus récente" in resultat.output
        self._rien(operateur, neuf)

    def test_what_is_not_finished_does_not_serve(
        self, operateur: Operateur, fichier: Path, neuf: Config, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as panne:
            panne.setattr("certif.rythmes.purger", lambda: 1 / 0)
            assert operateur.restaurer(neuf, fichier).exit_code == 1
        demarrage = operateur.lancer(neuf, "preparer")
        assert demarrage.exit_code == 1 and "« restaurer »" in demarrage.output
        assert operateur.lancer(neuf, "restaurer").exit_code == 0
        assert operateur.lancer(neuf, "preparer").exit_code == 0


class TestInterrompue:
    """Killed on the way, a restoration leaves nothing that could be taken for a platform."""

    @pytest.fixture(params=["sqlite", PG])
    def neuf(self, request: pytest.FixtureRequest, endroit: Endroit) -> Config:
        return endroit(request.param)

    @pytest.fixture
    def fichier(self, operateur: Operateur, organisme: Organisme, config: Config) -> Path:
        return operateur.sauvegarder(config)

    @pytest.fixture
    def tuee(self, operateur: Operateur, fichier: Path, neuf: Config) -> list[str]:
        """Among the files, for the rows are all there already: the arguments that it was given."""
        commande = ["restaurer", str(fichier), "--cle", str(operateur.cle), "--sans-preuve"]
        environ = {c: v for c, v in os.environ.items() if not c.startswith("CERTIF_")} | {
            "CERTIF_DONNEES": str(neuf.donnees),
            "DATABASE_URL": neuf.base,
            "CERTIF_RUPTURE": "stockage_milieu:kill",
        }
        flask = [sys.executable, "-m", "flask", "--app", "app", *commande]
        fait = subprocess.run(flask, cwd=RACINE, env=environ, check=False, capture_output=True, timeout=60)
        assert fait.returncode == -signal.SIGKILL, fait.stderr
        return commande

    @pytest.mark.usefixtures("tuee")
    def test_nothing_starts_on_it(self, operateur: Operateur, neuf: Config, tmp_path: Path) -> None:
        for autre in (
            ("preparer",),
            ("sauvegarder", str(tmp_path / "dossier")),
            ("restaurer",),
            ("purger",),
            ("reconcilier",),
            ("referentiel", "charger"),
        ):
            resultat = operateur.lancer(operateur.avec_cle(neuf), *autre)
            assert resultat.exit_code == 1, autre
            assert "« restaurer FICHIER --cle CLE »" in resultat.output
        assert not (tmp_path / "dossier").exists()
        with operateur.chez(neuf) as app:
            assert marque.incomplete()
            with pytest.raises(SystemExit, match="restaurer FICHIER"):
                exiger_une_base_entiere(app)

    def test_it_may_be_run_again(
        self, operateur: Operateur, config: Config, tuee: list[str], neuf: Config
    ) -> None:
        with operateur.chez(config):
            fichiers = _fichiers()
        resultat = operateur.lancer(neuf, *tuee)
        assert resultat.exit_code == 0, resultat.output
        with operateur.chez(neuf) as app:
            exiger_une_base_entiere(app)
            assert _fichiers() == fichiers
        assert operateur.lancer(neuf, "preparer").exit_code == 0

    def test_even_once_the_rows_are_back(
        self, operateur: Operateur, fichier: Path, neuf: Config, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as panne:
            panne.setattr("certif.rythmes.purger", lambda: 1 / 0)
            assert operateur.restaurer(neuf, fichier).exit_code == 1
        with operateur.chez(neuf) as app, pytest.raises(SystemExit, match="sans fichier"):
            exiger_une_base_entiere(app)
        resultat = operateur.restaurer(neuf, fichier)
        assert resultat.exit_code == 0, resultat.output
        assert operateur.lancer(neuf, "preparer").exit_code == 0


def test_sqlite_knows_the_tables_that_were_restored(
    operateur: Operateur, organisme: Organisme, config: Config, endroit: Endroit
) -> None:
    fichier, neuf = operateur.sauvegarder(config), endroit("sqlite")
    assert operateur.restaurer(neuf, fichier).exit_code == 0
    with operateur.chez(neuf):
        assert db.session.scalar(db.text("SELECT count(*) FROM sqlite_stat1"))
