"""How the application is shown and reached."""

from pathlib import Path

from flask import Flask

from certif.config import Config
from certif.socle.base.extensions import csrf
from certif.web import (
    acces,
    compression,
    connexion,
    corps,
    demo,
    erreurs,
    gabarits,
    limites,
    pages_ouvertes,
    sante,
    securite,
    statique,
    televersement,
)
from certif.web.administration import bp as administration
from certif.web.compte import cles, code, connexions, double_authentification, invitations, liens, moi, oubli
from certif.web.compte import vues as compte
from certif.web.entite import bp as entite
from certif.web.formateur import bp as formateur
from certif.web.verification import bp as verification


def enregistrer(app: Flask, config: Config, dossier_statique: Path) -> None:
    """Guards, errors, menus and pages. The order of the guards is the order in which they judge a request."""
    securite.installer(app)
    televersement.installer(app)
    corps.installer(app)
    connexion.installer(app)
    limites.installer(app, config)
    acces.installer(app)
    csrf.init_app(app)  # after acces: a form posted without a login is kept, not refused
    erreurs.installer(app)
    pages_ouvertes.installer(app)
    gabarits.installer(app)
    compression.installer(app)
    statique.installer(app, config, dossier_statique)
    app.register_blueprint(sante.bp)
    for ecran in (compte, code, double_authentification, cles, liens, oubli, moi, invitations, connexions):
        app.register_blueprint(ecran.bp)
    app.register_blueprint(verification)
    app.register_blueprint(entite)
    app.register_blueprint(formateur)
    app.register_blueprint(administration)
    if config.demonstration:
        app.register_blueprint(demo.bp)
