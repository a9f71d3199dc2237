"""What the site, the workers and the periodic tasks ask before they serve; a refusal is one sentence."""

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from certif import create_app
from certif.config import ConfigurationInvalide
from certif.sauvegarde import marque
from certif.socle.base.extensions import db


def creer() -> Flask:
    """The application; what is wrong with its settings is said in a few lines, without a trace."""
    try:
        return create_app()
    except ConfigurationInvalide as erreur:
        raise SystemExit(str(erreur)) from None


def ouvrir() -> Flask:
    """The application of a process that is about to work."""
    app = creer()
    exiger_une_base_entiere(app)
    return app


def exiger_une_base_entiere(app: Flask) -> None:
    """Go no further on a restoration that did not end; a database that is away is told by pages and jobs."""
    refus = ""
    with app.app_context():
        try:
            refus = marque.refus()
        except SQLAlchemyError:
            pass
        finally:
            # A connection that two processes hold is one too many.
            db.engine.dispose()
    if refus:
        raise SystemExit(f"Rien ne démarre : {refus}")
