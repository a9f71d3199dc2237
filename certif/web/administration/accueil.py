"""The platform's side: where it begins."""

from flask import Blueprint, Response, flash, url_for

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.production import scelleur
from certif.web.acces import exige
from certif.web.htmx import redirection

bp = exige(TypeRole.ADMINISTRATEUR)(Blueprint("administration", __name__, url_prefix="/administration"))


@bp.get("/")
def accueil() -> Response:
    """The space begins with the entités, and with what is to be said of the sealing key."""
    if message := scelleur.avertissement():
        flash(message, "attention")
    return redirection(url_for("administration.entites"))
