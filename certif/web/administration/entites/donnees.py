"""The data of an entité, for the administrateur to hand them over."""

from flask import Response

from certif.domaine.exports import entite
from certif.web.acces import acteur
from certif.web.administration.accueil import bp
from certif.web.document import reponse_tableaux


@bp.get("/entites/<int:identifiant>/donnees.zip")
def entites_donnees(identifiant: int) -> Response:
    """Everything but what is of trainees, as tables and pictures."""
    return reponse_tableaux(entite.remettre(acteur(), identifiant), f"certif-entite-{identifiant}.zip")
