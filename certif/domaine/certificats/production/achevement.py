"""Ending a generation: the zip, then everything that makes the certificates exist, in one commit (R6, R8)."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile

import structlog
from sqlalchemy import select, update

from certif.documents.archive import ArchiveIncoherente, ecrire_zip
from certif.domaine.certificats.annonces import annoncer_generation
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    EmpreinteFichier,
    EtatEmission,
    LigneRegistre,
    SorteFichier,
    StatutRegistre,
)
from certif.domaine.certificats.production import point
from certif.domaine.certificats.production.arret import EnPanne, constater
from certif.domaine.certificats.production.fichiers import balayer, nouvelle_cle_archive
from certif.domaine.certificats.production.point import emis_de, faire_le_point, verrouiller
from certif.domaine.certificats.production.production import produire_les_certificats
from certif.domaine.pannes.attente import reprendre
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Resultat, SessionCertification, Stagiaire
from certif.domaine.sessions.modification import conclure
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, transaction
from certif.socle.file import enfiler
from certif.socle.horloge import instant_reel, maintenant
from certif.socle.rupture import point_de_rupture
from certif.socle.stockage import ObjetAbsent, StockageIndisponible

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file that goes into the archive."""

    certificat_id: int
    essai: int
    nom_fichier: str
    cle: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was stored: where, and what it is; `nombre` certificates are in it."""

    cle: str
    nombre: int
    sha256: str
    taille: int


class PieceAlteree(Exception):
    """A stored certificate is not the one that was made; it must be made again."""

    def __init__(self, piece: Piece) -> None:
        super().__init__(piece.certificat_id)
        self.piece = piece


def produire(session_numero: int) -> None:
    """Make what is missing of a session's certificates, then end its generation if all of them are there.

    May be called at any time, any number of times, by several processes at once. An outage ends it: the rows
    say what remains to be done, and the next attempt goes on from there.
    """
    refaits: set[int] = set()
    try:
        while produire_les_certificats(session_numero):
            abime = _achever(session_numero, refaits)
            if abime is None:
                break
            refaits.add(abime)
        else:
            return
    except EnPanne:
        return
    try:
        balayer(session_numero)
    except StockageIndisponible:
        # What is left over is found again every hour.
        _journal.warning("production.balayage", session=session_numero)


def _achever(session_numero: int, refaits: set[int]) -> int | None:
    """Make the zip and end the generation, if it is time; else the id of a certificate to be made again.

    Raises:
        EnPanne: an outage stops it; a store that gives back something else than it was given, twice for the
            same certificate, is one.
    """
    tenu = _commencer_l_archive(session_numero)
    if tenu is None:
        return None
    cle, pieces = tenu
    try:
        archive = archiver(cle, pieces)
        point_de_rupture("zip_apres_ecriture")
        # Left-overs go before the end rather than after it: whoever dies in between begins again from here.
        balayer(session_numero)
        _conclure_la_generation(session_numero, archive)
    except PieceAlteree as alteree:
        _refaire(session_numero, alteree.piece)
        if alteree.piece.certificat_id not in refaits:
            return alteree.piece.certificat_id
        constater(StockageIndisponible(), session_numero, partial(rendre_l_archive, session_numero, cle))
    except Exception as erreur:  # noqa: BLE001 - `constater` tells an outage from a failure
        constater(erreur, session_numero, partial(rendre_l_archive, session_numero, cle))
    return None


def archiver(cle: str, pieces: list[Piece]) -> Archive:
    """Write a zip of exactly these stored files under `cle`.

    Raises:
        PieceAlteree: one of them is missing or is not the file that was made.
        ArchiveIncoherente: the zip does not hold exactly one entry for each.
        StockageIndisponible: the store does not answer.
    """

    def lire(piece: Piece) -> bytes:
        try:
            octets = stockage.lire(piece.cle)
        except ObjetAbsent as erreur:
            raise PieceAlteree(piece) from erreur
        if sha256(octets).hexdigest() != piece.sha256:
            raise PieceAlteree(piece)
        return octets

    # Without a name, so that nothing stays behind a process that dies.
    with TemporaryFile() as sortie:
        nombre = ecrire_zip(((piece.nom_fichier, lire(piece)) for piece in pieces), sortie)
        if nombre != len(pieces):
            raise ArchiveIncoherente(f"{nombre} entries instead of {len(pieces)}")
        point_de_rupture("zip_avant_ecriture")
        sortie.seek(0)
        octets = sortie.read()
    stockage.ecrire(cle, octets)
    return Archive(cle, nombre, sha256(octets).hexdigest(), len(octets))


def _commencer_l_archive(session_numero: int) -> tuple[str, list[Piece]] | None:
    """Claim the making of the zip; None while it is too early, when it is too late, or when it is in hand.

    The claim is the new key in the session's row, and holds as long as the certificates' `prise_a` is recent.
    """
    with transaction():
        session_certif = verrouiller(session_numero)
        if session_certif is None:
            return None
        faire_le_point(session_certif)
        emis = _emis(session_numero)
        if any(c.etat is not EtatEmission.PRODUIT for c in emis):
            return None
        if session_certif.zip_cle and any(point.tient(c.prise_a) for c in emis):
            return None
        _exiger_un_certificat_par_reussite(session_certif, emis)
        cle = session_certif.zip_cle = nouvelle_cle_archive(session_numero)
        for certificat in emis:
            certificat.prise_a = instant_reel()
        return cle, [piece_de(c) for c in emis]


def rendre_l_archive(session_numero: int, cle: str, etat: Etat = Etat.GENERATION) -> bool:
    """Give the making of this zip back, in the caller's transaction; False when the session is gone."""
    session_certif = verrouiller(session_numero, etat)
    if session_certif is not None and session_certif.zip_cle == cle and session_certif.zip_sha256 is None:
        session_certif.zip_cle = None
    return session_certif is not None


def _conclure_la_generation(session_numero: int, archive: Archive) -> bool:
    """Issue everything at once; False when another attempt took the zip over."""
    with transaction():
        session_certif = verrouiller(session_numero)
        if session_certif is None or session_certif.zip_cle != archive.cle:
            return False
        session_certif.zip_sha256 = archive.sha256
        session_certif.zip_taille = archive.taille
        session_certif.genere_le = maintenant()
        conclure(session_certif, None, Action.TERMINER_GENERATION)
        _delivrer(session_numero, archive)
        reprendre(session_numero)
        annoncer_generation(session_certif)
        apres_commit(enfiler, "produire_dossier", session_numero)
        point_de_rupture("zip_avant_commit")
    point_de_rupture("zip_apres_commit")
    return True


def _delivrer(session_numero: int, archive: Archive) -> None:
    """Enter every file in the register, which from now on answers for them."""
    db.session.execute(
        update(LigneRegistre)
        .where(LigneRegistre.session_numero == session_numero, LigneRegistre.statut == StatutRegistre.RESERVE)
        .values(statut=StatutRegistre.DELIVRE)
    )
    emis = _emis(session_numero)
    db.session.add_all(
        EmpreinteFichier(
            session_numero=session_numero, numero=c.numero, sorte=SorteFichier.CERTIFICAT, sha256=c.sha256
        )
        for c in emis
    )
    db.session.add(
        EmpreinteFichier(
            session_numero=session_numero,
            sorte=SorteFichier.ARCHIVE,
            sha256=archive.sha256,
            regroupe=len(emis),
        )
    )


def _refaire(session_numero: int, piece: Piece) -> None:
    """Have a certificate made again whose file does not read back."""
    _journal.error("archive.piece", certificat=piece.certificat_id)
    with transaction():
        session_certif = verrouiller(session_numero)
        certificat = db.session.get(CertificatEmis, piece.certificat_id)
        if session_certif is None or certificat is None or certificat.essai != piece.essai:
            return
        certificat.sha256 = certificat.cle_objet = certificat.taille = certificat.prise_a = None
        certificat.etat = EtatEmission.A_PRODUIRE
        session_certif.zip_cle = None
        faire_le_point(session_certif)


def _exiger_un_certificat_par_reussite(
    session_certif: SessionCertification, emis: list[CertificatEmis]
) -> None:
    requete = select(Stagiaire.id).filter_by(session_numero=session_certif.numero, resultat=Resultat.REUSSITE)
    if sorted(c.stagiaire_id for c in emis) != sorted(db.session.scalars(requete)):
        raise RuntimeError("certificates and réussites do not match")


def _emis(session_numero: int) -> list[CertificatEmis]:
    return list(db.session.scalars(emis_de(session_numero)))


def piece_de(certificat: CertificatEmis) -> Piece:
    """The file of a produced certificate, as it goes into the archive."""
    if certificat.cle_objet is None or certificat.sha256 is None:
        raise ValueError("a produced certificate has a file")
    return Piece(
        certificat.id, certificat.essai, certificat.nom_fichier, certificat.cle_objet, certificat.sha256
    )
