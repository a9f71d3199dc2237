"""Whether the service works, for the machines that watch it."""

from flask import Blueprint, Response, jsonify

from certif.socle.observation import derniere_verification
from certif.socle.observation.sante import examiner
from certif.web.acces import public

bp = Blueprint("sante", __name__)


@bp.get("/sante")
@public
def sante() -> tuple[Response, int]:
    """200 when everything answers, else 503; the answer names each part and says whether it does.

    What the last check of the invariants found stands beside: it keeps nobody from being served.
    """
    etat = examiner()
    verification = derniere_verification.lire()
    dit = etat | ({"verification": verification} if verification else {})
    return jsonify(dit), 200 if all(etat.values()) else 503
