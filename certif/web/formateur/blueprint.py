"""The blueprint of the formateur's space: for a person in that role, whatever the entité."""

from flask import Blueprint

from certif.domaine.acteur import TypeRole
from certif.web.acces import exige

bp = exige(TypeRole.FORMATEUR)(Blueprint("formateur", __name__, url_prefix="/formateur"))
