"""The data of the entité, to take away; a suspended one takes its own too (R17)."""

from flask import Response

from certif.domaine.acteur import TypeRole
from certif.domaine.exports import entite
from certif.socle.base.extensions import limiter
from certif.web.acces import acteur, exige
from certif.web.document import reponse_tableaux
from certif.web.entite.blueprint import bp
from certif.web.limites import client


@bp.get("/informations/donnees.zip")
@exige(TypeRole.GESTIONNAIRE)
@limiter.limit("20 per hour", key_func=client)
def donnees(entite_id: int) -> Response:
    """Everything, trainees included, as tables and pictures."""
    return reponse_tableaux(entite.prendre_les_siennes(acteur()), f"certif-entite-{entite_id}.zip")
