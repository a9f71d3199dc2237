"""The data of a person, for the administrateur to hand them over."""

from flask import Response

from certif.domaine.exports import personne
from certif.domaine.roles import individus
from certif.web.acces import acteur
from certif.web.administration.accueil import bp
from certif.web.document import reponse_tableaux


@bp.get("/individus/<int:identifiant>/donnees.zip")
def individus_donnees(identifiant: int) -> Response:
    """Everything that is kept of them, as tables; a merged one leads to who remains."""
    individu = individus.charger(acteur(), identifiant)
    contenu = personne.remettre(acteur(), individu.id)
    return reponse_tableaux(contenu, f"donnees-{individu.numero}.zip")
