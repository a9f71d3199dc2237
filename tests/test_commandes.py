"""The commands that an operator runs, on a real database."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from certif import create_app
from certif.config import Config
from certif.domaine.comptes.demonstration import COMPTES_DEMO
from certif.domaine.sessions.actions.saisie import creer
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Bilan
from certif.socle import stockage
from certif.socle.extensions import db
from tests import invariants
from tests.fabriques import un_organisme, une_personne, une_session
from tests.gestes import existe


def lancer(app: Flask, commande: str) -> Result:
    """Run one command in a context of its own."""
    resultat = app.test_cli_runner().invoke(args=[commande])
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return resultat


class Sauvegarde:
    """A copy of the database and of the store, as an operator makes and restores it."""

    def __init__(self, config: Config, dossier: Path) -> None:
        self.base, self.fichiers = config.donnees / "certif.db", config.donnees / "fichiers"
        self.dossier = dossier
        dossier.mkdir()
        with closing(sqlite3.connect(self.base)) as source, closing(self._copie()) as copie:
            source.backup(copie)
        shutil.copytree(self.fichiers, dossier / "fichiers")

    def restaurer(self) -> None:
        """Put the database back, and the files beside whatever stands in the store now."""
        with closing(self._copie()) as copie, closing(sqlite3.connect(self.base)) as cible:
            copie.backup(cible)
        shutil.copytree(self.dossier / "fichiers", self.fichiers, dirs_exist_ok=True)

    def _copie(self) -> sqlite3.Connection:
        return sqlite3.connect(self.dossier / "certif.db")


def en_production(config: Config) -> Flask:
    return create_app(replace(config, mode="production", url="https://certif.example.fr"))


class TestPreparer:
    @pytest.mark.parametrize("identifiant", [COMPTES_DEMO[0].identifiant, COMPTES_DEMO[-1].identifiant])
    def test_production_refuses_the_accounts_of_the_demonstration(
        self, app: Flask, config: Config, identifiant: str
    ) -> None:
        with app.app_context():
            une_personne(email=identifiant, actif=False)
        resultat = lancer(en_production(config), "preparer")
        assert resultat.exit_code != 0
        assert identifiant in resultat.output and "Traceback" not in resultat.output

    def test_production_prepares_a_database_of_its_own(self, app: Flask, config: Config) -> None:
        with app.app_context():
            une_personne(email="romain@marose.fr")
        assert lancer(en_production(config), "preparer").exit_code == 0


def test_a_restored_backup_loses_what_is_due_and_issues_no_number_again(
    app: Flask, config: Config, tmp_path: Path, horloge_a: Callable[[str], None]
) -> None:
    with app.app_context():
        horloge_a("2026-06-12T18:00:00+02:00")
        organisme = un_organisme()
        due = une_session(organisme, Etat.GENERE)
        sauvegarde = Sauvegarde(config, tmp_path / "sauvegarde")
        horloge_a("2026-06-20T12:00:00+02:00")
        perdue = une_session(organisme, Etat.GENERE)
        assert existe(perdue) and stockage.lister(f"{perdue}/")
        db.session.remove()
        db.engine.dispose()
    sauvegarde.restaurer()
    horloge_a("2026-06-28T00:00:00+02:00")
    resultat = lancer(app, "restaurer")
    assert resultat.exit_code == 0
    with app.app_context():
        assert not existe(due) and not existe(perdue)
        assert db.session.get(Bilan, due) is not None and stockage.lister() == []
        invariants.verifier(config)
        suivante = creer(organisme.gestionnaire, "jeton")
        assert suivante > perdue + 9_000
        assert f"supérieur à {suivante - 1}." in resultat.output
