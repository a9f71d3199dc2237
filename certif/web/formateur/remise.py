"""The codes of a session on the formateur's phone: shown, never made, and never a file (R9)."""

from flask import url_for

from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp, charger_session
from certif.web.sessions.remise import page_de_remise


@bp.get("/sessions/<int:numero>/remise")
def remise(numero: int) -> str:
    """To show to each trainee, or to project."""
    session_certif = charger_session(acteur(), numero)
    return page_de_remise(session_certif, acteur(), url_for("formateur.stagiaires", numero=numero))
