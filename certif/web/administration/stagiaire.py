"""Where something is kept of a trainee who asks: which entités, until when."""

from flask import Response, url_for

from certif.socle.base.extensions import limiter
from certif.web.acces import sans_ecriture
from certif.web.administration.accueil import bp
from certif.web.exports.stagiaire import RECHERCHES, page_vide, repondre
from certif.web.limites import client


@bp.get("/registre/stagiaire")
def donnees_d_un_stagiaire() -> Response:
    """The form that asks who."""
    return page_vide(*_autour())


@bp.post("/registre/stagiaire")
@sans_ecriture
@limiter.limit(RECHERCHES, key_func=client)
def chercher_un_stagiaire() -> Response:
    """The sessions that name them, and their certificates, of every entité."""
    return repondre(*_autour())


def _autour() -> tuple[str, tuple[str, str]]:
    retour = url_for("administration.registre")
    return url_for("administration.chercher_un_stagiaire"), (retour, "Registre")
