"""A document made for this answer: a PDF to look at, a workbook to keep."""

from flask import Response

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
