"""All commands, added to the application."""

import os

from flask import Flask

from certif.cli.comptes import administrateur, retirer_la_double_authentification
from certif.cli.entretien import preparer, purger, reconcilier, referentiel, verifier
from certif.cli.sauvegardes import restaurer, sauvegarder


def enregistrer(app: Flask) -> None:
    """Add the commands to the application."""
    for commande in (
        preparer,
        reconcilier,
        purger,
        verifier,
        sauvegarder,
        restaurer,
        retirer_la_double_authentification,
        administrateur,
        referentiel,
    ):
        app.cli.add_command(commande)
    # Set by the command `flask`: web processes and workers migrate nothing.
    if os.environ.get("FLASK_RUN_FROM_CLI"):
        from certif import migration

        migration.installer(app)
