"""Opening a session, and going back to one."""

import re

from flask import Response, flash, request, url_for
from sqlalchemy.orm import selectinload

from certif.domaine.erreurs import Refus
from certif.domaine.libelles.saisie import PAGE_INCOMPLETE
from certif.domaine.libelles.sessions.entite import session_semblable
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger
from certif.web.acces import acteur
from certif.web.entite.blueprint import bp
from certif.web.entite.session.onglets import adresse_du_moment
from certif.web.htmx import redirection

_JETON = re.compile(r"[A-Za-z0-9_-]{43}")


@bp.post("/sessions")
def creer(entite_id: int) -> Response:
    """« + Nouvelle session »: the same page's button, clicked twice, opens one session."""
    numero = saisie.creer(acteur(), _jeton_poste())
    return redirection(url_for("entite.session", entite_id=entite_id, numero=numero))


@bp.post("/sessions/<int:numero>/semblable")
def creer_semblable(entite_id: int, numero: int) -> Response:
    """« Créer une session semblable »: opened once, with only dates and stagiaires left to fill in."""
    charger(acteur(), numero)
    nouvelle = saisie.creer_semblable(acteur(), numero, _jeton_poste())
    flash(session_semblable(numero), "succes")
    return redirection(url_for("entite.session", entite_id=entite_id, numero=nouvelle))


@bp.get("/sessions/<int:numero>")
def ouvrir(entite_id: int, numero: int) -> Response:
    """The tab that matters now."""
    session_certif = charger(acteur(), numero, selectinload(SessionCertification.stagiaires))
    return redirection(adresse_du_moment(session_certif))


def _jeton_poste() -> str:
    """The one-time token of the page.

    Raises:
        Refus: no page of ours posts that.
    """
    jeton = request.form.get("jeton", "")
    if not _JETON.fullmatch(jeton):
        raise Refus(PAGE_INCOMPLETE)
    return jeton
