"""What the entité keeps of a trainee who asks for it."""

from flask import Response, url_for

from certif.domaine.acteur import TypeRole
from certif.socle.base.extensions import limiter
from certif.web.acces import exige, sans_ecriture
from certif.web.entite.blueprint import bp
from certif.web.exports.stagiaire import RECHERCHES, page_vide, repondre
from certif.web.limites import client

ADRESSE = "/informations/stagiaire"


@bp.get(ADRESSE)
@exige(TypeRole.GESTIONNAIRE)
def donnees_d_un_stagiaire(entite_id: int) -> Response:
    """The form that asks who."""
    return page_vide(*_autour(entite_id))


@bp.post(ADRESSE)
@sans_ecriture
@exige(TypeRole.GESTIONNAIRE)
@limiter.limit(RECHERCHES, key_func=client)
def chercher_un_stagiaire(entite_id: int) -> Response:
    """Their sessions here, and the certificates that the entité issued to them."""
    return repondre(*_autour(entite_id))


def _autour(entite_id: int) -> tuple[str, tuple[str, str]]:
    retour = url_for("entite.informations", entite_id=entite_id)
    return url_for("entite.chercher_un_stagiaire", entite_id=entite_id), (retour, "Mon entité")
