"""« Mes données »: what is kept of who is logged in, to take away."""

from flask import Blueprint, Response

from certif.domaine.exports import personne
from certif.socle.base.extensions import limiter
from certif.web.acces import connecte
from certif.web.document import reponse_tableaux
from certif.web.limites import client
from certif.web.presence import present

bp = connecte(Blueprint("donnees", __name__, url_prefix="/compte"))


@bp.get("/donnees.zip")
@limiter.limit("20 per hour", key_func=client)
def telecharger() -> Response:
    """One's own, as tables."""
    return reponse_tableaux(personne.prendre_les_siennes(present().individu_id), "mes-donnees-certif.zip")
