"""Pages compressed on their way out: a formateur's phone often has a poor network.

Only what our own pages, or the reader's hand, ask for: another site could make a page repeat a text of its
choice and learn what else the page holds from the length of the answer (BREACH).
"""

import gzip

import brotli
from flask import Flask, request
from flask.wrappers import Response

SEUIL = 1_000
"""Shorter answers fit in one packet anyway."""

DE_CONFIANCE = frozenset({"same-origin", "none"})


def installer(app: Flask) -> None:
    """Compress HTML, pages and fragments alike; files have their own way (statique, downloads)."""
    app.after_request(_comprimer)


def _comprimer(reponse: Response) -> Response:
    if reponse.mimetype != "text/html" or reponse.is_streamed or reponse.content_encoding:
        return reponse
    reponse.vary.update(("Accept-Encoding", "Sec-Fetch-Site"))
    encodage = _encodage()
    if encodage is None or request.method == "HEAD" or (reponse.content_length or 0) < SEUIL:
        return reponse
    octets = reponse.get_data()
    reponse.set_data(brotli.compress(octets, quality=4) if encodage == "br" else gzip.compress(octets, 6))
    reponse.content_encoding = encodage
    return reponse


def _encodage() -> str | None:
    """How this reader may be answered; None: as it is."""
    if request.headers.get("Sec-Fetch-Site") not in DE_CONFIANCE:
        return None
    return next((e for e in ("br", "gzip") if request.accept_encodings[e] > 0), None)
