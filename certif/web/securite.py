"""Headers of every dynamic answer, the only host of production, how much a form may carry."""

from collections.abc import MutableMapping
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask.wrappers import Response
from werkzeug.exceptions import BadHost

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

CSP_FICHIER = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Of a file that somebody sent: whatever it holds, nothing in it runs nor is fetched."""

ENTETES = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

HSTS = "max-age=63072000"

CHAMPS_MAX = 5_000
"""Fields of a plain form: more than any page of ours has, less than what is long to read."""

HOTE_LIBRE = frozenset({"sante"})
"""Blueprints that a supervisor or a balancer calls by an address of its own."""


def installer(app: Flask) -> None:
    """Check the request before anything else, and set the headers after everything else."""
    app.before_request(_verifier_hote)
    app.before_request(_borner_corps)
    app.after_request(_poser_entetes)


def entetes_statiques(entetes: MutableMapping[str, str], _chemin: str, _adresse: str) -> None:
    """The same protection for static files, which may be cached."""
    for nom, valeur in ENTETES.items():
        if nom != "Cache-Control":
            entetes[nom] = valeur


def _verifier_hote() -> Response | None:
    """In production a request under any name but the configured one is refused: no link can follow it."""
    if isinstance(request.routing_exception, BadHost):  # a page could not even name its style sheet
        return Response("Adresse de site refusée.\n", 400, mimetype="text/plain")
    config = current_app.config["CERTIF"]
    if config.demonstration or request.blueprint in HOTE_LIBRE:
        return None
    if request.host.casefold() != urlsplit(config.url).netloc.casefold():
        abort(400)
    return None


def _borner_corps() -> None:
    """Only files may be large, and the fields of a plain form are counted before they are read."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = request.max_form_memory_size
    if (
        request.mimetype == "application/x-www-form-urlencoded"
        and request.get_data().count(b"&") >= CHAMPS_MAX
    ):
        abort(413)


def _poser_entetes(reponse: Response) -> Response:
    plus_stricte = reponse.headers.get("Content-Security-Policy") == CSP_FICHIER
    for nom, valeur in ENTETES.items():
        reponse.headers[nom] = valeur
    if plus_stricte:
        reponse.headers["Content-Security-Policy"] = CSP_FICHIER
    reponse.vary.update(("HX-Request", "HX-Request-Type"))
    if not current_app.config["CERTIF"].demonstration:
        reponse.headers["Strict-Transport-Security"] = HSTS
    return reponse
