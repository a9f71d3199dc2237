"""The blueprint of the entité's space: for its gestionnaires and délégataires, in that very entité."""

from flask import Blueprint

from certif.domaine.acteur import TypeRole
from certif.web.acces import exige

bp = exige(TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE)(
    Blueprint("entite", __name__, url_prefix="/entite/<int:entite_id>")
)
