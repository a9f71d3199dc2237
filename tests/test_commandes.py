"""The commands that an operator runs, on a real database."""

from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask

from certif import create_app
from certif.config import Config
from certif.domaine.comptes.demonstration import COMPTES_DEMO
from certif.socle.extensions import db
from tests.fabriques import une_personne


def lancer(app: Flask, commande: str) -> Result:
    """Run one command in a context of its own."""
    resultat = app.test_cli_runner().invoke(args=[commande])
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return resultat


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
