"""A document made for this answer: a PDF to look at, a workbook or tables to keep."""

from collections.abc import Iterable

from flask import Response, request, stream_with_context

from certif.documents.tableaux import Piece, Tableau, ecrire
from certif.socle.horloge import instant_reel
from certif.web.securite import CSP_PDF


def afficher_pdf(nom: str, pdf: bytes) -> Response:
    """A PDF that was made here, shown by the browser; `nom` is what it is saved under."""
    reponse = Response(pdf, mimetype="application/pdf")
    reponse.headers.set("Content-Disposition", "inline", filename=nom)
    reponse.headers["Content-Security-Policy"] = CSP_PDF
    return reponse


def reponse_classeur(feuilles: dict[str, list[list[str]]], nom: str) -> Response:
    """Rows of texts by the names of their sheets, to be downloaded under `nom`."""
    # Only who downloads one needs the library that writes it.
    from certif.documents.de_session.classeur import TYPE_MIME, rendre_classeur

    reponse = Response(rendre_classeur(feuilles), mimetype=TYPE_MIME)
    reponse.headers.set("Content-Disposition", "attachment", filename=nom)
    return reponse


def reponse_tableaux(contenu: Iterable[Tableau | Piece], nom: str) -> Response:
    """A zip of tables, sent as they are read: however long, little of it is in memory."""
    octets = () if request.method == "HEAD" else stream_with_context(ecrire(contenu, instant_reel()))
    reponse = Response(octets, mimetype="application/zip")
    reponse.headers.set("Content-Disposition", "attachment", filename=nom)
    return reponse
