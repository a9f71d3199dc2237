"""What a request carries: how much it may weigh, and its reading, whole, before anything is looked up for it.

A body that arrives slowly holds a thread; it never holds a connection to the database.
"""

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from certif.web.acces import demande_une_connexion
from certif.web.connexion import est_inconnu, inviter_a_se_connecter
from certif.web.televersement import taille_max_condensee

CHAMPS_MAX = 8_000
"""Fields of a plain form: more than any page of ours has (the formateur's, five a trainee), less than what is
long to read."""

INCONNU_MAX = 64_000
"""Bytes that somebody may send who never logged in from this browser: more than any of their forms."""


def installer(app: Flask) -> None:
    """Bound and read the body of each request, before the guards that follow."""
    app.before_request(_recevoir)


def _recevoir() -> ResponseReturnValue | None:
    """A cookie may be lost while a long form is typed: its author is asked to log in, as with a short one."""
    try:
        _lire()
    except RequestEntityTooLarge:
        if est_inconnu() and demande_une_connexion(request.endpoint):
            return inviter_a_se_connecter()
        raise
    return None


def _lire() -> None:
    request.max_content_length = _taille_max()
    if request.mimetype == "multipart/form-data":
        _ = request.form
        return
    corps = request.get_data()
    # What comes unannounced is read up to the limit, and no further: it may have been cut there.
    coupe = request.content_length is None and len(corps) == request.max_content_length
    if coupe or (corps.count(b"&") >= CHAMPS_MAX and _est_un_formulaire()):
        abort(413)


def _taille_max() -> int | None:
    """Only files may be large, and only those of people we know, or those that are hashed as they come."""
    if request.mimetype == "multipart/form-data":
        condensee = taille_max_condensee(request.endpoint)
        maximum = condensee or current_app.config["MAX_CONTENT_LENGTH"]
        return maximum if condensee or not est_inconnu() else INCONNU_MAX
    return INCONNU_MAX if est_inconnu() else request.max_form_memory_size


def _est_un_formulaire() -> bool:
    return request.mimetype == "application/x-www-form-urlencoded"
