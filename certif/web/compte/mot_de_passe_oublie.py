"""« Mot de passe oublié »: the same answer for everybody."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from certif.domaine.acces import changement_de_mot_de_passe
from certif.domaine.erreurs import TropDeTentatives
from certif.domaine.libelles.acces import compte as textes
from certif.socle.base.extensions import limiter
from certif.web.acces import public
from certif.web.htmx import redirection
from certif.web.limites import client

bp = public(Blueprint("oubli", __name__, url_prefix="/mot-de-passe-oublie"))

LONGUEUR_MAX = 300


@bp.get("")
def page() -> ResponseReturnValue:
    """The form, or what to do once it was sent."""
    return _page(envoye="envoye" in request.args)


@bp.post("")
@limiter.limit("20 per hour", key_func=client)
def demander() -> Response:
    """Mail a link, if there is somebody to mail it to."""
    identifiant = request.form.get("identifiant", "")[:LONGUEUR_MAX]
    if not identifiant.strip():
        return _page(identifiant, textes.IDENTIFIANT_VIDE, statut=422)
    try:
        changement_de_mot_de_passe.demander(identifiant, request.remote_addr or "")
    except TropDeTentatives as erreur:
        return _page(identifiant, erreur.message, statut=429)
    return redirection("/mot-de-passe-oublie?envoye=1")


def _page(identifiant: str = "", erreur: str = "", *, envoye: bool = False, statut: int = 200) -> Response:
    page = render_template("compte/oubli.html", identifiant=identifiant, erreur=erreur, envoye=envoye)
    return make_response(page, statut)
