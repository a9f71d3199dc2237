"""« Mes courriels »: which reminders the digest brings; what must be known at once cannot be switched off."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.courriers import rappels
from certif.domaine.courriers.modeles import SorteDeRappel
from certif.domaine.courriers.regles import sortes_offertes
from certif.domaine.libelles import courriers as textes
from certif.web.acces import connecte, mes_espaces
from certif.web.htmx import redirection
from certif.web.presence import present

bp = connecte(Blueprint("courriels", __name__, url_prefix="/compte/courriels"))


@bp.get("")
def page() -> ResponseReturnValue:
    """The kinds that one's roles bring, those that are wanted checked."""
    return render_template(
        "compte/courriels.html",
        sortes=_offertes(),
        voulues=rappels.voulus(present().individu_id),
        aides=textes.AIDES,
    )


@bp.post("")
def choisir() -> Response:
    """Want the checked ones; a kind that the page did not offer stays as it was."""
    qui, offertes = present().individu_id, _offertes()
    cochees = request.form.getlist("sorte")
    gardees = {sorte for sorte in rappels.voulus(qui) if sorte not in offertes}
    rappels.choisir(qui, gardees | {sorte for sorte in offertes if sorte.value in cochees})
    flash(textes.CHOIX_ENREGISTRE, "succes")
    return redirection(url_for("courriels.page"))


def _offertes() -> list[SorteDeRappel]:
    return sortes_offertes(espace.role for espace in mes_espaces())
