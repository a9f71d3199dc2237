"""A workbook as an answer."""

from flask import Response


def reponse_classeur(feuilles: dict[str, list[list[str]]], nom: str) -> Response:
    """Rows of texts by the names of their sheets, to be downloaded under `nom`."""
    # Only who downloads one needs the library that writes it.
    from certif.documents.de_session.classeur import TYPE_MIME, rendre_classeur

    reponse = Response(rendre_classeur(feuilles), mimetype=TYPE_MIME)
    reponse.headers.set("Content-Disposition", "attachment", filename=nom)
    return reponse
