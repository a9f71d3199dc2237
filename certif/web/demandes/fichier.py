"""Files of a demande: as they are sent, as they are handed back."""

from flask import Response, request

from certif.domaine.acteur import Acteur
from certif.domaine.demandes.pieces import CHAMP, NOMBRE_MAX, TAILLE_MAX, FichierRecu, lire_flux
from certif.domaine.demandes.portee import charger_piece
from certif.web.securite import CSP_FICHIER


def fichiers_recus() -> tuple[FichierRecu, ...]:
    """The files that were chosen; of one too heavy, no more than shows it is."""
    choisis = [f for f in request.files.getlist(CHAMP) if f.filename][: NOMBRE_MAX + 1]
    return tuple(FichierRecu(f.filename or "", f.stream.read(TAILLE_MAX + 1)) for f in choisis)


def remettre(acteur: Acteur, demande_id: int, piece_id: int) -> Response:
    """The file, to be saved and never shown: what it holds was written by others.

    Raises:
        Introuvable: not for this actor.
        ServiceIndisponible: the store does not give it.
    """
    piece = charger_piece(acteur, demande_id, piece_id)
    octets = () if request.method == "HEAD" else lire_flux(piece.cle)
    reponse = Response(octets, mimetype=piece.type_mime)
    reponse.content_length = piece.taille
    reponse.headers.set("Content-Disposition", "attachment", filename=piece.nom)
    reponse.headers["Content-Security-Policy"] = CSP_FICHIER
    reponse.headers["Accept-Ranges"] = "none"
    return reponse
