"""The entité's two lists of sessions."""

from flask import Response, url_for

from certif.domaine.sessions.listes import Liste
from certif.web.entite.blueprint import bp
from certif.web.htmx import redirection


@bp.get("/")
def accueil(entite_id: int) -> Response:
    """The space begins with what waits there."""
    return redirection(url_for("entite.sessions", entite_id=entite_id, liste=Liste.A_TRAITER.value))
