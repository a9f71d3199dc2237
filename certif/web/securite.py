"""Headers of every answer, and the only host of production."""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask.wrappers import Response
from werkzeug.exceptions import BadHost

from certif.config import Config

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

CSP_FICHIER = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Of a file that somebody sent: whatever it holds, nothing in it runs nor is fetched."""

CSP_PDF = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Of a PDF that was made here and is shown. Safari and Chromium before 84 draw it as an object with a style
of its own, in a page that has the policy of the answer, and show none in a sandbox."""

PROPRES = {"Content-Security-Policy": {CSP_FICHIER, CSP_PDF}, "Referrer-Policy": {"no-referrer"}}
"""What a view may ask for instead; the last where the address itself is a secret."""

ENTETES = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    # Phones that keep sessions read it: who answers in the site's place ends nothing there.
    "X-Certif": "site",
}

HSTS = "max-age=63072000"

HOTE_LIBRE = frozenset({"sante", "mesures"})
"""Blueprints that a supervisor or a balancer calls by an address of its own."""


def installer(app: Flask) -> None:
    """Check the request before anything else, and set the headers after everything else."""
    app.before_request(_verifier_hote)
    app.after_request(_poser_entetes)


def entetes_statiques(config: Config) -> dict[str, str]:
    """The same protection for static files, which may be cached."""
    return {nom: valeur for nom, valeur in _entetes(config).items() if nom != "Cache-Control"}


def _entetes(config: Config) -> dict[str, str]:
    """Demonstration is served without TLS: it asks no browser to insist on it."""
    return ENTETES if config.demonstration else ENTETES | {"Strict-Transport-Security": HSTS}


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


def _poser_entetes(reponse: Response) -> Response:
    demandes = {nom: reponse.headers.get(nom, "") for nom in PROPRES}
    propres = {nom: valeur for nom, valeur in demandes.items() if valeur in PROPRES[nom]}
    reponse.headers.update(_entetes(current_app.config["CERTIF"]) | propres)
    reponse.vary.update(("HX-Request", "HX-Request-Type"))
    return reponse
