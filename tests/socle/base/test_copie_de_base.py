"""Before a migration the SQLite database is copied: once, for its owner alone, for 14 days."""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade

from certif import rythmes
from certif.config import Config
from certif.socle.base import copie_de_base
from certif.socle.base.copie_de_base import NOM
from certif.socle.base.extensions import db
from tests.support.factories import une_personne
from tests.test_commandes import lancer


@pytest.fixture
def ancienne(app: Flask) -> Flask:
    """A database one migration behind, with somebody in it."""
    with app.app_context():
        une_personne("Canari", numero="CAN10001")
        downgrade()
        db.engine.dispose()
    return app


@pytest.fixture
def copie(config: Config) -> Path:
    return config.donnees / NOM


@pytest.fixture(autouse=True)
def _large(request: pytest.FixtureRequest) -> Iterator[None]:
    """Started by hand, a command has whatever umask its shell has."""
    avant = os.umask(0o022)
    yield
    os.umask(avant)


def version(base: Path) -> str:
    with closing(sqlite3.connect(base)) as lue:
        return str(lue.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_it_holds_everything_of_before_and_is_private(ancienne: Flask, config: Config, copie: Path) -> None:
    avant = version(config.donnees / "certif.db")
    assert lancer(ancienne, "preparer").exit_code == 0
    assert version(copie) == avant != version(config.donnees / "certif.db")
    with closing(sqlite3.connect(copie)) as lue:
        assert lue.execute("SELECT nom FROM individu").fetchall() == [("Canari",)]
        assert lue.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert stat.S_IMODE(copie.stat().st_mode) == 0o600
    assert [f.name for f in config.donnees.iterdir() if "migration" in f.name] == [NOM]


def test_the_former_one_is_replaced(ancienne: Flask, copie: Path) -> None:
    copie.write_bytes(b"d'avant")
    copie.with_name(f"{NOM}.inachevee").write_bytes(b"interrompue")
    lancer(ancienne, "preparer")
    assert copie.read_bytes().startswith(b"SQLite format 3")
    assert not copie.with_name(f"{NOM}.inachevee").exists()


def test_without_a_migration_there_is_none(app: Flask, copie: Path, tmp_path: Path) -> None:
    lancer(app, "preparer")
    assert not copie.exists()


def test_a_new_database_has_nothing_to_be_copied(app: Flask, config: Config, copie: Path) -> None:
    (config.donnees / "certif.db").unlink()
    assert lancer(app, "preparer").exit_code == 0
    assert not copie.exists()


def test_what_a_backup_held_is_not_kept_longer(ancienne: Flask, copie: Path) -> None:
    assert lancer(ancienne, "restaurer").exit_code == 0
    assert not copie.exists()


def test_without_room_nothing_is_migrated(
    ancienne: Flask, config: Config, copie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plein(fichier: Path) -> None:
        fichier.write_bytes(b"un morceau")
        raise sqlite3.OperationalError("database or disk is full")

    avant = version(config.donnees / "certif.db")
    monkeypatch.setattr(copie_de_base, "_copier_dans", plein)
    resultat = lancer(ancienne, "preparer")
    assert resultat.exit_code == 1 and "CERTIF_DONNEES" in resultat.output
    assert version(config.donnees / "certif.db") == avant
    assert not list(config.donnees.glob(f"{NOM}*"))


@pytest.mark.parametrize(("age", "reste"), [(14 * 24 * 3600 - 60, True), (14 * 24 * 3600, False)])
def test_it_goes_after_fourteen_days(contexte: Flask, copie: Path, age: int, reste: bool) -> None:
    for fichier in (copie, copie.with_name(f"{NOM}.inachevee")):
        fichier.write_bytes(b"copie")
        os.utime(fichier, (time.time() - age,) * 2)
    rythmes.entretenir()
    assert copie.exists() is copie.with_name(f"{NOM}.inachevee").exists() is reste
