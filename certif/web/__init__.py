"""How the application is shown and reached."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from flask import Blueprint, Flask

from certif.config import Config
from certif.socle.base.extensions import csrf
from certif.web import (
    acces,
    administration,
    compression,
    compte,
    connexion,
    corps,
    demo,
    entite,
    erreurs,
    formateur,
    gabarits,
    limites,
    mentions,
    pages_ouvertes,
    remise,
    securite,
    statique,
    televersement,
    verification,
)
from certif.web.observation import mesures, sante

ESPACES = (compte, verification, remise, entite, formateur, administration)


def enregistrer(app: Flask, config: Config, dossier_statique: Path) -> None:
    """Guards, errors, menus and pages. The order of the guards is the order in which they judge a request."""
    mesures.installer(app)
    securite.installer(app)
    compression.installer(app)  # what others add to an answer is in it when it is compressed
    televersement.installer(app)
    corps.installer(app)
    connexion.installer(app)
    limites.installer(app)
    acces.installer(app)
    csrf.init_app(app)  # after acces: a form posted without a login is kept, not refused
    erreurs.installer(app)
    pages_ouvertes.installer(app)
    gabarits.installer(app)
    statique.installer(app, config, dossier_statique)
    app.register_blueprint(sante.bp)
    app.register_blueprint(mesures.bp)
    app.register_blueprint(mentions.bp)
    for ecran in _ecrans():
        app.register_blueprint(ecran)
    if config.demonstration:
        app.register_blueprint(demo.bp)


def _ecrans() -> dict[Blueprint, None]:
    """The blueprints of every space: whichever modules its folder holds add their addresses to them."""
    modules = [
        import_module(module.name)
        for espace in ESPACES
        for module in walk_packages(espace.__path__, f"{espace.__name__}.")
    ]
    return dict.fromkeys(module.bp for module in modules if hasattr(module, "bp"))
