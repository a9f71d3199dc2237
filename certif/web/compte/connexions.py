"""« Mes connexions »: where one is logged in, and closing it from afar."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acces import connexions
from certif.domaine.libelles.acces import compte as textes
from certif.web.acces import connecte
from certif.web.connexion import fermer as fermer_ici
from certif.web.connexion import suivre_le_timbre
from certif.web.htmx import redirection
from certif.web.presence import present

bp = connecte(Blueprint("connexions", __name__, url_prefix="/compte/connexions"))


@bp.get("")
def page() -> ResponseReturnValue:
    """The open logins, this one first."""
    moi = present()
    return render_template(
        "compte/connexions.html", connexions=connexions.connexions_ouvertes(moi.individu_id, moi.connexion_id)
    )


@bp.post("/fermer")
def fermer() -> Response:
    """Close one of them; this one is a logout."""
    moi = present()
    visee = request.form.get("connexion", "")
    connexions.fermer_une(moi.individu_id, visee)
    if visee == moi.connexion_id:
        fermer_ici()
        return redirection(url_for("compte.connexion"))
    flash(textes.CONNEXION_FERMEE, "succes")
    return redirection(url_for("connexions.page"))


@bp.post("/fermer-les-autres")
def fermer_les_autres() -> Response:
    """Close all but this one."""
    moi = present()
    suivre_le_timbre(connexions.fermer_toutes_les_autres(moi.individu_id, moi.connexion_id))
    flash(textes.AUTRES_FERMEES, "succes")
    return redirection(url_for("connexions.page"))
