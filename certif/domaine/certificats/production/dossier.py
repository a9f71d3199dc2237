"""Making the dossier of a session, once its certificates are generated.

Nothing waits for it: the certificates can be downloaded before, and whatever happens to it. Its documents are
stored one by one, so that it can let others pass in between.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import update

from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.documents.sceau.sceau import Sceau
from certif.domaine.certificats.modeles import REGROUPENT, DossierSession, EmpreinteFichier, SorteFichier
from certif.domaine.certificats.production import scelleur
from certif.domaine.certificats.production.archive import Archive, archiver, moment_de
from certif.domaine.certificats.production.contenu_du_dossier import (
    CertificatAltere,
    Contenu,
    Document,
    fabriquer,
    rassembler,
)
from certif.domaine.certificats.production.emis import en_vigueur
from certif.domaine.certificats.production.fichiers import cle_de_piece, lire_intact, nouvelle_cle_dossier
from certif.domaine.certificats.production.recette import (
    Recette,
    Suspendu,
    cause_de,
    reprendre_les_echus,
    suivre,
    tient,
    travail,
    verrouiller,
)
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.pannes.attente import reprendre
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, transaction
from certif.socle.delai import DelaiDepasse, delai
from certif.socle.file import d_autres_attendent, enfiler
from certif.socle.horloge import instant_reel
from certif.socle.rupture import point_de_rupture
from certif.socle.stockage import StockageIndisponible

DOCUMENT_MAX_S = 55.0
"""A document that takes longer hangs; its claim, which every document renews, lapses in a minute."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One document that is stored; `sorte` as the register names it, "" for a file without seal."""

    nom: str
    sorte: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Prise:
    """The dossier of one session, whose key is in its row: nobody else may finish it."""

    session_numero: int
    cle: str
    moment: datetime
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Fait:
    """What was stored: the whole, and each document that is in it."""

    archive: Archive
    pieces: Sequence[Piece]


def produire(session_numero: int) -> None:
    """Make the dossier of this session if nobody did or does.

    May be called at any time, any number of times, by several processes at once.
    """
    with travail(session_numero):
        suivre(DOSSIER, session_numero)


def _prendre(session_certif: SessionCertification) -> Prise | None:
    """None too when it failed for good. One that let others pass goes on with what it stored."""
    numero = session_certif.numero
    ligne = db.session.get(DossierSession, numero)
    if ligne is None:
        ligne = DossierSession(session_numero=numero, echecs=0)
        db.session.add(ligne)
    if ligne.sha256 or tient(ligne.prise_a):
        return None
    if ligne.prise_a is not None:
        reprendre_les_echus([ligne], mots.CAUSE_INTERROMPU)
    if ligne.rate:
        return None
    if ligne.cle is None:
        ligne.cle, ligne.pieces = nouvelle_cle_dossier(numero), []
    ligne.prise_a = instant_reel()
    pieces = tuple(Piece(**piece) for piece in ligne.pieces)
    return Prise(numero, ligne.cle, moment_de(session_certif), pieces)


def _faire(prise: Prise) -> Fait | str:
    """Make and store the zip; a failure of its own is a sentence, an outage is raised.

    Raises:
        Suspendu: it let others pass, and goes on behind them.
    """
    try:
        if empechement := scelleur.empechement():
            raise CleInutilisable(empechement)
        pieces = _documents(prise, _contenu(prise.session_numero), scelleur.sceau())
        fichiers = ((p.nom, _relire(prise, p)) for p in pieces)
        archive = archiver(prise.cle, fichiers, len(pieces), prise.moment)
        # They go before the end rather than after it: whoever dies in between makes all of them again.
        for piece in pieces:
            stockage.supprimer(cle_de_piece(prise.cle, piece.nom))
    except CertificatAltere:
        return mots.CAUSE_CERTIFICAT
    except (Exception, DelaiDepasse) as erreur:  # noqa: BLE001 - `cause_de` raises what is not its own
        return cause_de(erreur, mots.CAUSE_DELAI, mots.CAUSE_INTERNE, dossier=prise.session_numero)
    return Fait(archive, pieces)


def _contenu(session_numero: int) -> Contenu:
    """Everything as it stands now; who changes it afterwards has the dossier made anew."""
    db.session.rollback()
    contenu = rassembler(db.session.get_one(SessionCertification, session_numero))
    db.session.rollback()
    return contenu


def _documents(prise: Prise, contenu: Contenu, sceau: Sceau) -> list[Piece]:
    """Make and store the documents that are missing, in their time limit each."""
    pieces = list(prise.pieces)
    documents = fabriquer(contenu, sceau, {piece.nom for piece in pieces})
    while True:
        with delai(DOCUMENT_MAX_S):
            document: Document | None = next(documents, None)
        if document is None:
            return pieces
        point_de_rupture("dossier_apres_rendu")
        pieces.append(_ranger(prise, document, pieces))
        if d_autres_attendent("produire_dossier", prise.session_numero):
            _ceder(prise)
            raise Suspendu


def _ranger(prise: Prise, document: Document, avant: Sequence[Piece]) -> Piece:
    """Store a document beside those before it; the claim is prolonged."""
    stockage.ecrire(cle_de_piece(prise.cle, document.nom), document.octets)
    piece = Piece(document.nom, document.sorte or "", sha256(document.octets).hexdigest())
    with transaction():
        db.session.execute(
            update(DossierSession)
            .where(DossierSession.cle == prise.cle)
            .values(prise_a=instant_reel(), pieces=[asdict(p) for p in (*avant, piece)])
        )
    point_de_rupture("dossier_apres_piece")
    return piece


def _ceder(prise: Prise) -> None:
    """Leave the place to whoever waits, and come behind them."""
    with transaction():
        session_certif = verrouiller(prise.session_numero, Etat.GENERE)
        ligne = _tenu(prise) if session_certif is not None else None
        if ligne is not None:
            ligne.prise_a = None
            apres_commit(enfiler, "produire_dossier", prise.session_numero)


def _relire(prise: Prise, piece: Piece) -> bytes:
    octets = lire_intact(cle_de_piece(prise.cle, piece.nom), piece.sha256)
    if octets is None:
        raise StockageIndisponible  # it does not give back what it was given: all is made again
    return octets


def _marquer(session_certif: SessionCertification, prise: Prise, fait: Fait | str) -> None:
    """Mark it made and enter its files in the register; or count a failure."""
    numero, ligne = session_certif.numero, _tenu(prise)
    if ligne is None:
        return
    reprendre(numero)
    if isinstance(fait, str):
        ligne.compter_un_echec(fait)
        return
    ligne.sha256, ligne.taille = fait.archive.sha256, fait.archive.taille
    ligne.prise_a = ligne.cause = None
    ligne.pieces = []
    nombre = len(en_vigueur(numero))
    empreintes = [(SorteFichier(piece.sorte), piece.sha256) for piece in fait.pieces if piece.sorte]
    db.session.add_all(
        EmpreinteFichier(
            session_numero=numero,
            sorte=sorte,
            sha256=empreinte,
            regroupe=nombre if sorte in REGROUPENT else None,
        )
        for sorte, empreinte in (*empreintes, (SorteFichier.DOSSIER, fait.archive.sha256))
    )


def _lacher(_: SessionCertification, prise: Prise) -> bool:
    ligne = _tenu(prise)
    if ligne is not None:
        ligne.liberer()
    return ligne is not None


def _tenu(prise: Prise) -> DossierSession | None:
    """The row, if this attempt still holds it."""
    ligne = db.session.get(DossierSession, prise.session_numero, populate_existing=True)
    return ligne if ligne is not None and ligne.cle == prise.cle and not ligne.sha256 else None


DOSSIER = Recette("dossier", Etat.GENERE, _prendre, _faire, _marquer, _lacher)
