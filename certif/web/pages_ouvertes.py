"""Open pages whose session changed beneath them: a refusal brings along what the page shows now.

A space says how the page at hand is read again (`relire_par`). Whoever posts from a page of before, or whose
page asks how far something is, then gets every piece of it; or, when it is no longer theirs to see, the
refusal in its place: nothing that cannot be done any more is left on the screen.
"""

import re
from collections.abc import Callable

import structlog
from flask import Flask, Response, g, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from certif.domaine.erreurs import ErreurMetier, Introuvable
from certif.web.connexion import page_precedente
from certif.web.htmx import Fragment, est_fragment, morceau, morceaux
from certif.web.menus import fragment_du_menu

Lecture = Callable[[int, str], list[Fragment]]
"""A session's number and the name of its tab at hand, to every piece of that page. Raises Introuvable."""

_CIBLE = re.compile(r'hx-target="#([\w-]+)"')

_journal = structlog.get_logger(__name__)
_lectures: dict[str, Lecture] = {}


def relire_par(espace: str, lecture: Lecture) -> None:
    """How the pages of sessions are read again in the blueprint of this name."""
    _lectures[espace] = lecture


def installer(app: Flask) -> None:
    """Complete every refusal that htmx gets."""
    app.after_request(_completer)


def a_la_place_de_la_page(message: str) -> Response | None:
    """The answer to htmx when the session of the page at hand is not to be seen any more; else None."""
    if not est_fragment():
        return None
    try:
        if _relire() is None:
            return None
    except Introuvable:
        contexte = {"code": 404, "message": message, "retour": "/"}
        pieces: list[Fragment] = [("erreurs/_disparue.html", contexte), ("entite/_dialogue_ferme.html", {})]
        if g.get("acteur") is not None:
            pieces.append(fragment_du_menu())
        return morceaux(pieces, 404)
    return None


def _completer(reponse: Response) -> Response:
    """Add what the answer leaves as it was on the page: badge, banners, tabs, what can be done.

    What it says itself, a form with what was typed for one, stays as it says it.
    """
    if reponse.status_code not in (404, 409) or not est_fragment():
        return reponse
    try:
        pieces = _relire() or []
    except (ErreurMetier, SQLAlchemyError) as erreur:
        _journal.info("page non relue", erreur=type(erreur).__name__)
        return reponse
    dites = set(_CIBLE.findall(reponse.get_data(as_text=True)))
    suite = [morceau(render_template(gabarit, **contexte)) for gabarit, contexte in pieces]
    nouvelles = [html for html in suite if dites.isdisjoint(_CIBLE.findall(html)[:1])]
    reponse.set_data("\n".join([reponse.get_data(as_text=True), *nouvelles]))
    return reponse


def _relire() -> list[Fragment] | None:
    """Every piece of the page at hand; None when this request is about no session."""
    lecture, numero = _lectures.get(request.blueprint or ""), (request.view_args or {}).get("numero")
    if lecture is None or not isinstance(numero, int):
        return None
    if g.get("acteur") is None:
        raise Introuvable  # the role is gone, and all that it showed
    return lecture(numero, page_precedente().rpartition("/")[2])
