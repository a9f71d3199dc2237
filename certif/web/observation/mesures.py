"""What is counted of each request, and /metrics, for the machines that watch the platform."""

import hmac
import time

from flask import Blueprint, Flask, Response, current_app, g, request

from certif.config import Config
from certif.domaine.erreurs import Introuvable
from certif.socle.observation import mesures
from certif.web.acces import public
from certif.web.observation.jauges import jauges

METHODES = frozenset({"GET", "HEAD", "POST"})
"""Those that are counted by their name: a client may send any word, and each would be counted for ever."""

bp = Blueprint("mesures", __name__)


def installer(app: Flask) -> None:
    """Time every request, from before the first guard."""
    app.before_request(_commencer)
    app.after_request(_noter)


def _commencer() -> None:
    g.debut_de_la_requete = time.monotonic()


def _noter(reponse: Response) -> Response:
    duree = time.monotonic() - g.debut_de_la_requete
    methode = request.method if request.method in METHODES else "autre"
    mesures.noter_requete(methode, request.endpoint or "aucune", reponse.status_code, duree)
    return reponse


@bp.get("/metrics")
@public
def exposer() -> Response:
    """For whoever shows the token of CERTIF_JETON_MESURES; for anybody else, and without one, no such page.

    Raises:
        Introuvable: another token, or none.
    """
    config: Config = current_app.config["CERTIF"]
    montre = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not config.jeton_des_mesures or not hmac.compare_digest(
        montre.encode(), config.jeton_des_mesures.encode()
    ):
        raise Introuvable
    corps, genre = mesures.exposer(jauges())
    return Response(corps, content_type=genre)
