"""PLATEFORME: how the whole of it does."""

from flask import render_template
from flask.typing import ResponseReturnValue

from certif.domaine.libelles import exploitation as textes
from certif.web.administration.accueil import bp
from certif.web.administration.plateforme.vue import vue_plateforme


@bp.get("/plateforme")
def plateforme() -> ResponseReturnValue:
    """What waits, what failed or is late, what grows."""
    return render_template("administration/plateforme.html", vue=vue_plateforme(), textes=textes)
