"""The WSGI application put together: settings, extensions, blueprints, commands."""

import os
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from certif import reglage, web
from certif.cli import commandes
from certif.config import Config
from certif.socle.base.extensions import SILENCE, db
from certif.socle.observation.suivi import Suivi
from certif.web.connexion import nom_cookie
from certif.web.entiers import Entier

RACINE = Path(__file__).resolve().parent.parent

TAILLE_MAX_ENVOI = 12 * 1024 * 1024
TAILLE_MAX_CHAMPS = 1024 * 1024
NOMBRE_MAX_CHAMPS = 1_000

ATTENTE_CONNEXION_S = 5
CONNEXIONS = 15
"""With the database, of each process: threads that need one wait for it."""


def creer(config: Config | None = None) -> Flask:
    """Build the application; without `config`, from the environment."""
    config = config or Config.lire(os.environ)
    app = Flask(__name__, template_folder=str(RACINE / "templates"), static_folder=None)
    app.url_map.converters["int"] = Entier
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    regler(app, config)
    db.init_app(app)
    web.enregistrer(app, config, RACINE / "static")
    commandes.enregistrer(app)
    if config.proxys:
        # The Host header is the proxy's to hand on: X-Forwarded-Host may be the client's own.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxys, x_proto=config.proxys, x_host=0
        )
    app.wsgi_app = Suivi(app.wsgi_app)  # type: ignore[method-assign]
    return app


def regler(app: Flask, config: Config) -> None:
    """Set the application and this process from the settings."""
    app.config.update(_reglages(config))
    reglage.regler(config)


def _moteur(config: Config) -> dict[str, Any]:
    options: dict[str, Any] = {
        # What is written in rows is personal: it stays out of the messages of database errors.
        "hide_parameters": True,
        # No connection is closed to be opened again at the next page.
        "pool_timeout": ATTENTE_CONNEXION_S,
        "pool_size": CONNEXIONS,
        "max_overflow": 0,
        "pool_use_lifo": True,
    }
    if config.base.startswith("postgresql"):
        # A server that was restarted fails nobody who was connected before; one that is away holds nobody.
        options |= {
            "pool_pre_ping": True,
            "connect_args": {"connect_timeout": ATTENTE_CONNEXION_S, **SILENCE},
        }
    return options


def _reglages(config: Config) -> dict[str, Any]:
    return {
        "CERTIF": config,
        "SECRET_KEY": config.cle_secrete,
        "SQLALCHEMY_DATABASE_URI": config.base,
        "SQLALCHEMY_ENGINE_OPTIONS": _moteur(config),
        "SESSION_COOKIE_NAME": nom_cookie(config, "certif"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": not config.demonstration,
        "SESSION_REFRESH_EACH_REQUEST": False,
        # The cookie outlives the login: an unsent form still tells whose it was (web/connexion.py).
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "MAX_CONTENT_LENGTH": TAILLE_MAX_ENVOI,
        "MAX_FORM_MEMORY_SIZE": TAILLE_MAX_CHAMPS,
        "MAX_FORM_PARTS": NOMBRE_MAX_CHAMPS,
        "WTF_CSRF_TIME_LIMIT": None,
        # The token is enough, and some proxies strip the Referer.
        "WTF_CSRF_SSL_STRICT": False,
        "PROVIDE_AUTOMATIC_OPTIONS": False,
    }
