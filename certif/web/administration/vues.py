"""The platform's side: entités, and what they have."""

from flask import Blueprint, render_template

from certif.domaine.certificats import scelleur
from certif.domaine.comptes.lectures import lister_entites
from certif.domaine.comptes.modeles import TypeRole
from certif.web.acces import exige

bp = exige(TypeRole.ADMINISTRATEUR)(Blueprint("administration", __name__, url_prefix="/administration"))


@bp.get("/")
def entites() -> str:
    """Every entité with its users; never a session nor a trainee."""
    return render_template(
        "administration/entites.html", lignes=lister_entites(), sceau=scelleur.avertissement()
    )
