"""Deleting a session: a confirmation that names it, then the move."""

from __future__ import annotations

from flask import Response, flash, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.erreurs import ErreurMetier, Introuvable
from certif.domaine.libelles import entite as textes
from certif.domaine.sessions.actions import suppression
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.listes import Liste
from certif.domaine.sessions.portee import charger
from certif.web.acces import acteur
from certif.web.entite.blueprint import bp
from certif.web.entite.recapitulatif import montrer, recapitulatif
from certif.web.erreurs import statut_de
from certif.web.htmx import succes
from certif.web.sessions.version import version_postee


@bp.get("/sessions/<int:numero>/supprimer")
def confirmer_suppression(entite_id: int, numero: int) -> ResponseReturnValue:
    """Which session is about to go, and who will be told."""
    return montrer(recapitulatif(charger(acteur(), numero), acteur(), Action.SUPPRIMER))


@bp.post("/sessions/<int:numero>/supprimer")
def supprimer(entite_id: int, numero: int) -> Response:
    """Delete it; a second click finds it gone and says the same."""
    try:
        suppression.supprimer(acteur(), numero, version_postee())
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        recap = recapitulatif(charger(acteur(), numero), acteur(), Action.SUPPRIMER, erreur)
        return montrer(recap, statut_de(erreur))
    flash(textes.fait(Action.SUPPRIMER.value, numero), "succes")
    return succes([], url_for("entite.sessions", entite_id=entite_id, liste=Liste.A_TRAITER.value))
