"""The files joined to a demande: recognised by their content, kept in the store, swept when unnamed.

The key says when it was written: a file is put in place before the row that names it, and the sweep leaves
alone what may still be waiting for its row.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from certif.domaine import conservation
from certif.domaine.acteur import Acteur
from certif.domaine.demandes.modeles import Demande, PieceJointe
from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles.demandes import demandes as textes
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, oublier_les_lectures
from certif.socle.horloge import instant_reel, maintenant
from certif.socle.stockage import StockageIndisponible

CHAMP = "pieces"
TAILLE_MAX = 5 * 1024 * 1024
NOMBRE_MAX = 10
NOM_MAX = 120
DOSSIER = "demandes/"
REPIT = conservation.PIECES.duree.delta

_EXTENSIONS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}


@dataclass(frozen=True, slots=True)
class FichierRecu:
    """A file as it was sent; `octets` may be one longer than the limit, which is enough to refuse it."""

    nom: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that was recognised, under a name that is safe to show and to save."""

    nom: str
    type_mime: str
    octets: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Deposee:
    """A piece and the key under which it stands."""

    piece: Piece
    cle: str


def examiner(recus: Iterable[FichierRecu]) -> list[Piece]:
    """Recognise files.

    Raises:
        SaisieInvalide: on `pieces`, for each that is empty, too heavy, or nothing that is accepted.
    """
    pieces, refus = [], []
    for recu in recus:
        try:
            pieces.append(_examiner(recu))
        except SaisieInvalide as erreur:
            refus += erreur.champs[CHAMP]
    if refus:
        raise SaisieInvalide({CHAMP: refus})
    return pieces


def _examiner(recu: FichierRecu) -> Piece:
    from certif.domaine.demandes.formats import type_de  # heavy: for whoever joins a file only

    nom = _ecrire_proprement(recu.nom)
    if not recu.octets:
        raise SaisieInvalide({CHAMP: [textes.piece_vide(nom)]})
    if len(recu.octets) > TAILLE_MAX:
        raise SaisieInvalide({CHAMP: [textes.piece_trop_lourde(nom)]})
    genre = type_de(recu.octets)
    if genre is None:
        raise SaisieInvalide({CHAMP: [textes.piece_refusee(nom)]})
    return Piece(nom_propre(recu.nom, genre), genre, recu.octets, hashlib.sha256(recu.octets).hexdigest())


def nom_propre(nom: str, type_mime: str) -> str:
    """The name without path nor control, at most 120 characters, with an extension that tells the truth."""
    propre = _ecrire_proprement(nom)
    extensions = _EXTENSIONS[type_mime]
    fin = next((e for e in extensions if propre.casefold().endswith(e)), "")
    racine = propre[: len(propre) - len(fin)].rstrip(". ") if fin else propre
    fin = fin or extensions[0]
    return (racine[: NOM_MAX - len(fin)].rstrip(". ") or "piece") + fin


@contextmanager
def deposees(demande_id: int, pieces: list[Piece]) -> Iterator[list[Deposee]]:
    """Put the files in place for the block; those that no committed row names afterwards are taken away.

    Raises:
        ServiceIndisponible: the store fails; nothing is left there.
    """
    ecrites: list[Deposee] = []
    try:
        for piece in pieces:
            cle = _nouvelle_cle(demande_id)
            ecrites.append(Deposee(piece, cle))
            stockage.ecrire(cle, piece.octets)
        yield ecrites
    except StockageIndisponible as erreur:
        raise ServiceIndisponible(textes.STOCKAGE) from erreur
    finally:
        _oublier_les_inutiles([d.cle for d in ecrites])


def joindre(demande: Demande, acteur: Acteur, nouvelles: list[Deposee], retirer: int | None) -> list[str]:
    """Name the files that were put in place; a piece taken out loses its file once that is committed.

    Returns what was changed, in words.

    Raises:
        SaisieInvalide: on `pieces`: too many.
    """
    retiree = next((p for p in demande.pieces if p.id == retirer), None)
    if retiree is not None:
        demande.pieces.remove(retiree)
        apres_commit(retirer_le_fichier, retiree.cle)
    if len(demande.pieces) + len(nouvelles) > NOMBRE_MAX:
        raise SaisieInvalide({CHAMP: [textes.trop_de_pieces(NOMBRE_MAX)]})
    for nouvelle in nouvelles:
        demande.pieces.append(
            PieceJointe(
                nom=nouvelle.piece.nom,
                type_mime=nouvelle.piece.type_mime,
                taille=len(nouvelle.piece.octets),
                sha256=nouvelle.piece.sha256,
                cle=nouvelle.cle,
                ajoutee_par_id=acteur.individu_id,
                ajoutee_le=maintenant(),
            )
        )
    return [textes.NOMS_DE_CHAMPS["pieces"]] if nouvelles or retiree else []


def retirer_le_fichier(cle: str) -> None:
    """Remove a file whose row is gone; what fails here is left to the sweep."""
    with suppress(StockageIndisponible):
        stockage.supprimer(cle)


def lire_flux(cle: str) -> Iterator[bytes]:
    """The file, piece by piece.

    Raises:
        ServiceIndisponible: the store fails, or has lost it.
    """
    try:
        return stockage.lire_flux(cle)
    except StockageIndisponible as erreur:
        raise ServiceIndisponible(textes.PIECE_ABSENTE) from erreur


def balayer() -> int:
    """Remove the stored files that no row names and that are too old to be waiting for one; how many."""
    return _oublier_les_inutiles(_anciennes())


def orphelines() -> list[str]:
    """The keys of stored files that no row names and that are too old to be waiting for one."""
    return _inutiles(_anciennes())


def _anciennes() -> list[str]:
    limite = instant_reel() - REPIT
    return [cle for cle in stockage.lister(DOSSIER, restes=True) if _ecrite_le(cle) < limite]


def _oublier_les_inutiles(cles: list[str]) -> int:
    inutiles = _inutiles(cles)
    for cle in inutiles:
        retirer_le_fichier(cle)
    return len(inutiles)


def _inutiles(cles: list[str]) -> list[str]:
    if not cles:
        return []
    oublier_les_lectures()
    connues: set[str] = set()
    for debut in range(0, len(cles), 500):
        lot = select(PieceJointe.cle).where(PieceJointe.cle.in_(cles[debut : debut + 500]))
        connues.update(db.session.scalars(lot))
    oublier_les_lectures()
    return [cle for cle in cles if cle not in connues]


def _nouvelle_cle(demande_id: int) -> str:
    return f"{DOSSIER}{demande_id}/{instant_reel():%Y%m%dT%H%M%S}-{secrets.token_hex(16)}"


def _ecrite_le(cle: str) -> datetime:
    """When it was written, by its name; long ago for a name that is not ours."""
    try:
        return datetime.strptime(f"{cle.rpartition('/')[2].partition('-')[0]}+0000", "%Y%m%dT%H%M%S%z")
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _ecrire_proprement(nom: str) -> str:
    dernier = unicodedata.normalize("NFC", nom[:1000]).replace("\\", "/").rpartition("/")[2]
    visibles = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in dernier)
    return " ".join(visibles.split()).strip(". ")[:NOM_MAX] or "piece"
