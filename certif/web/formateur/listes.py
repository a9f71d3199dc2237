"""The formateur's two lists of sessions."""

from __future__ import annotations

from flask import Response, render_template, request, url_for

from certif.domaine.libelles.formateur import AIDES_VIDES
from certif.domaine.sessions.listes import Liste, Tri
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import en_saisie
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp
from certif.web.htmx import page_ou_fragments, redirection
from certif.web.sessions.filtres import lire_filtres
from certif.web.sessions.liste import EspaceDeListe, vue_liste


@bp.get("/")
def accueil() -> Response:
    """The space begins with what waits there."""
    return redirection(url_for("formateur.sessions", liste=Liste.A_TRAITER.value))


@bp.get('/sessions/<any("a-traiter","en-cours"):liste>')
def sessions(liste: str) -> Response:
    """One of the two lists, as its address filters and sorts it."""
    espace = EspaceDeListe(
        adresse=url_for("formateur.sessions", liste=liste),
        colonnes=tuple(Tri),
        ouvrir=_ouvrir,
        aide_vide={Liste(cle): texte for cle, texte in AIDES_VIDES.items()},
    )
    vue = vue_liste(acteur(), lire_filtres(Liste(liste), request.args), espace)
    return page_ou_fragments(
        [("sessions/_liste.html", {"vue": vue})], lambda: render_template("sessions/liste.html", vue=vue)
    )


def _ouvrir(session_certif: SessionCertification) -> str | None:
    """A session back in saisie is a line of the list, nothing more (R9)."""
    if en_saisie(session_certif):
        return None
    return url_for("formateur.session", numero=session_certif.numero)
