"""The zip of a session. The first ends its generation: from then on the certificates exist (R6, R8).

It is packed again without those that were cancelled (R14): nothing of the session changes meanwhile, and each
certificate in force stays downloadable by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from tempfile import TemporaryFile

import structlog
from sqlalchemy import insert, select, update

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
from certif.domaine.certificats.production.emis import emis_de, en_vigueur, faire_le_point
from certif.domaine.certificats.production.fichiers import balayer, lire_intact, nouvelle_cle_archive
from certif.domaine.certificats.production.recette import (
    EnPanne,
    Recette,
    suivre,
    tient,
    travail,
    verrouiller,
)
from certif.domaine.pannes.attente import attendre, reprendre
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modification import conclure
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, transaction
from certif.socle.file import enfiler
from certif.socle.horloge import instant_reel, maintenant
from certif.socle.rupture import point_de_rupture

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file that goes into the zip."""

    certificat_id: int
    essai: int
    nom_fichier: str
    cle: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Prise:
    """A zip claimed by this attempt, whose key is in the session's row: nobody else may hand it over."""

    session_numero: int
    cle: str
    moment: datetime
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was stored: where, and what it is; `nombre` files are in it."""

    cle: str
    nombre: int
    sha256: str
    taille: int


class PieceAlteree(Exception):
    """A stored certificate is not the one that was made."""

    def __init__(self, piece: Piece) -> None:
        super().__init__(piece.certificat_id)
        self.piece = piece


def achever(session_numero: int, refaits: set[int]) -> bool:
    """Make the zip and end the generation, if it is time; False when a certificate must be made again first.

    `refaits` are those for which that was said before.

    Raises:
        EnPanne: an outage stops it; a store that gives back something else than it was given, twice for the
            same certificate, is one.
    """
    try:
        suivre(GENERATION, session_numero)
    except PieceAlteree as alteree:
        _refaire(session_numero, alteree.piece, refaits)
        return False
    return True


def reconstituer(session_numero: int) -> None:
    """Pack the zip of what is still in force, if it is missing; at any time, any number of times.

    A certificate that does not read back cannot be made again: the zip then waits for it to be restored, and
    the others go on being downloaded one by one.
    """
    with travail(session_numero):
        try:
            suivre(RECONSTITUTION, session_numero)
        except PieceAlteree as alteree:
            _journal.error("reconstitution.piece", certificat=alteree.piece.certificat_id)


def moment_de(session_certif: SessionCertification) -> datetime:
    """What its archives are dated: when its certificates were asked for. That never changes any more."""
    if session_certif.generation_demandee_le is None:
        raise ValueError("a session without certificates has no archive")
    return session_certif.generation_demandee_le


def archiver(cle: str, fichiers: Iterable[tuple[str, bytes]], nombre: int, moment: datetime) -> Archive:
    """Write a zip of exactly so many files under `cle`, dated `moment`.

    Raises:
        ArchiveIncoherente: it holds another number of them.
        StockageIndisponible: the store does not answer.
    """
    # Without a name, so that nothing stays behind a process that dies.
    with TemporaryFile() as sortie:
        ecrits = ecrire_zip(fichiers, moment, sortie)
        if ecrits != nombre:
            raise ArchiveIncoherente(f"{ecrits} entries instead of {nombre}")
        point_de_rupture("zip_avant_ecriture")
        sortie.seek(0)
        octets = sortie.read()
    stockage.ecrire(cle, octets)
    point_de_rupture("zip_apres_ecriture")
    return Archive(cle, nombre, sha256(octets).hexdigest(), len(octets))


def _prendre_le_premier(session_certif: SessionCertification) -> Prise | None:
    faire_le_point(session_certif)
    emis = _emis(session_certif.numero)
    if any(c.etat is not EtatEmission.PRODUIT for c in emis):
        return None
    _exiger_un_certificat_par_reussite(session_certif, emis)
    return _prendre(session_certif, emis)


def _prendre_le_suivant(session_certif: SessionCertification) -> Prise | None:
    en_attente = session_certif.zip_sha256 is None
    return _prendre(session_certif, en_vigueur(session_certif.numero)) if en_attente else None


def _prendre(session_certif: SessionCertification, emis: Sequence[CertificatEmis]) -> Prise | None:
    """The claim is a new key in the session's row; it holds as long as the certificates' `prise_a` does."""
    if not emis or (session_certif.zip_cle and any(tient(c.prise_a) for c in emis)):
        return None
    session_certif.zip_cle = nouvelle_cle_archive(session_certif.numero)
    for certificat in emis:
        certificat.prise_a = instant_reel()
    pieces = tuple(_piece(c) for c in emis)
    return Prise(session_certif.numero, session_certif.zip_cle, moment_de(session_certif), pieces)


def _faire(prise: Prise) -> Archive:
    fichiers = ((p.nom_fichier, _lire(p)) for p in prise.pieces)
    archive = archiver(prise.cle, fichiers, len(prise.pieces), prise.moment)
    # Left-overs go before the end rather than after it: whoever dies in between begins again from here.
    balayer(prise.session_numero)
    return archive


def _delivrer(session_certif: SessionCertification, prise: Prise, archive: Archive) -> None:
    """End the generation: enter every file in the register, which from now on answers for them."""
    if not _tenu(session_certif, prise):
        return
    numero = session_certif.numero
    _remettre(session_certif, archive)
    session_certif.genere_le = maintenant()
    conclure(session_certif, None, Action.TERMINER_GENERATION)
    db.session.execute(
        update(LigneRegistre)
        .where(LigneRegistre.session_numero == numero, LigneRegistre.statut == StatutRegistre.RESERVE)
        .values(statut=StatutRegistre.DELIVRE)
    )
    certificat = {"session_numero": numero, "sorte": SorteFichier.CERTIFICAT}
    empreintes = [certificat | {"numero": c.numero, "sha256": c.sha256} for c in _emis(numero)]
    db.session.execute(insert(EmpreinteFichier), empreintes)
    annoncer_generation(session_certif)
    apres_commit(enfiler, "produire_dossier", numero)


def _remplacer(session_certif: SessionCertification, prise: Prise, archive: Archive) -> None:
    if _tenu(session_certif, prise):
        _remettre(session_certif, archive)


def _remettre(session_certif: SessionCertification, archive: Archive) -> None:
    """Hand the zip over to the downloads; enter it in the register, unless the same was once issued."""
    numero = session_certif.numero
    session_certif.zip_sha256 = archive.sha256
    session_certif.zip_taille = archive.taille
    reprendre(numero)
    connue = select(EmpreinteFichier.id).filter_by(session_numero=numero, sha256=archive.sha256)
    if db.session.scalar(connue) is None:
        db.session.add(
            EmpreinteFichier(
                session_numero=numero,
                sorte=SorteFichier.ARCHIVE,
                sha256=archive.sha256,
                regroupe=archive.nombre,
            )
        )


def _lacher(session_certif: SessionCertification, prise: Prise) -> bool:
    tenu = _tenu(session_certif, prise)
    if tenu:
        session_certif.zip_cle = None
    return tenu


def _tenu(session_certif: SessionCertification, prise: Prise) -> bool:
    """Whether it is still this attempt's zip that is awaited."""
    return session_certif.zip_cle == prise.cle and session_certif.zip_sha256 is None


GENERATION = Recette("zip", Etat.GENERATION, _prendre_le_premier, _faire, _delivrer, _lacher)
RECONSTITUTION = Recette("reconstitution", Etat.GENERE, _prendre_le_suivant, _faire, _remplacer, _lacher)


def _refaire(session_numero: int, piece: Piece, refaits: set[int]) -> None:
    """Have a certificate made again whose file does not read back; the second time, the store is at fault."""
    _journal.error("archive.piece", certificat=piece.certificat_id)
    encore = piece.certificat_id in refaits
    refaits.add(piece.certificat_id)
    with transaction():
        session_certif = verrouiller(session_numero, Etat.GENERATION)
        certificat = db.session.get(CertificatEmis, piece.certificat_id)
        if session_certif is None or certificat is None or certificat.essai != piece.essai:
            return
        certificat.liberer()
        certificat.sha256 = certificat.cle_objet = certificat.taille = None
        session_certif.zip_cle = None
        faire_le_point(session_certif)
        if encore:
            attendre(session_numero, SorteDePanne.STOCKAGE)
    if encore:
        raise EnPanne


def _lire(piece: Piece) -> bytes:
    octets = lire_intact(piece.cle, piece.sha256)
    if octets is None:
        raise PieceAlteree(piece)
    return octets


def _exiger_un_certificat_par_reussite(
    session_certif: SessionCertification, emis: list[CertificatEmis]
) -> None:
    requete = select(Stagiaire.id).filter_by(session_numero=session_certif.numero, resultat=Resultat.REUSSITE)
    if sorted(c.stagiaire_id for c in emis) != sorted(db.session.scalars(requete)):
        raise RuntimeError("certificates and réussites do not match")


def _emis(session_numero: int) -> list[CertificatEmis]:
    return list(db.session.scalars(emis_de(session_numero)))


def _piece(certificat: CertificatEmis) -> Piece:
    """The file of a produced certificate, as it goes into the zip."""
    if certificat.cle_objet is None or certificat.sha256 is None:
        raise ValueError("a produced certificate has a file")
    return Piece(
        certificat.id, certificat.essai, certificat.nom_fichier, certificat.cle_objet, certificat.sha256
    )
