"""Opening a session, and going back to one."""

import re
from collections.abc import Sequence

from flask import Response, flash, request, url_for

from certif.domaine.erreurs import Refus
from certif.domaine.libelles.saisie import PAGE_INCOMPLETE
from certif.domaine.libelles.sessions.entite import session_semblable
from certif.domaine.libelles.sessions.modeles import ouverte_depuis
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.declaration.reprise import reprendre
from certif.domaine.sessions.modeles_gardes import portee as modeles_gardes
from certif.domaine.sessions.portee import charger_pour_lire
from certif.web.acces import acteur
from certif.web.entiers import lire_entier
from certif.web.entite.blueprint import bp
from certif.web.entite.session.onglets import adresse_du_moment
from certif.web.htmx import redirection

_JETON = re.compile(r"[A-Za-z0-9_-]{43}")


@bp.post("/sessions")
def creer(entite_id: int) -> Response:
    """« + Nouvelle session », from a model or not: a button clicked twice opens one session."""
    if "modele" in request.form:
        return _creer_depuis_un_modele()
    numero = saisie.creer(acteur(), _jeton_poste())
    return redirection(url_for("entite.session", entite_id=entite_id, numero=numero))


@bp.post("/sessions/<int:numero>/semblable")
def creer_semblable(entite_id: int, numero: int) -> Response:
    """« Créer une session semblable »: opened once, with only dates and stagiaires left to fill in."""
    modele = charger_pour_lire(acteur(), numero)
    ecarts = reprendre(modele, entite_id).ecarts
    nouvelle = saisie.creer_semblable(acteur(), numero, _jeton_poste())
    _annoncer(session_semblable(numero), ecarts)
    return redirection(url_for("entite.session", entite_id=entite_id, numero=nouvelle))


@bp.get("/sessions/<int:numero>")
def ouvrir(entite_id: int, numero: int) -> Response:
    """The tab that matters now."""
    session_certif = charger_pour_lire(acteur(), numero)
    return redirection(adresse_du_moment(session_certif))


def _creer_depuis_un_modele() -> Response:
    modele = modeles_gardes.charger(acteur(), lire_entier(request.form["modele"]) or 0)
    message, ecarts = ouverte_depuis(modele.nom), reprendre(modele, modele.entite_id).ecarts
    numero = saisie.creer_depuis_un_modele(acteur(), modele.id, _jeton_poste())
    _annoncer(message, ecarts)
    return redirection(url_for("entite.session", entite_id=acteur().entite_id, numero=numero))


def _annoncer(message: str, ecarts: Sequence[str]) -> None:
    """What was taken over, then what was not."""
    flash(message, "succes")
    for ecart in ecarts:
        flash(ecart, "attention")


def _jeton_poste() -> str:
    """The one-time token of the page.

    Raises:
        Refus: no page of ours posts that.
    """
    jeton = request.form.get("jeton", "")
    if not _JETON.fullmatch(jeton):
        raise Refus(PAGE_INCOMPLETE)
    return jeton
