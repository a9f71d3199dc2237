"""Making the dossier of a session, once its certificates are generated: claim, make, store, mark.

Nothing waits for it: the certificates can be downloaded before, and whatever happens to it. Its row is the
only truth, as for the certificates: a job may die anywhere, run twice at once or come late; `cle` names the
attempt that may finish. Its documents are stored one by one, so that it can let others pass in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile

import structlog
from sqlalchemy import update

from certif.documents.archive import ecrire_zip
from certif.documents.erreurs import RenduImpossible
from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.documents.sceau.sceau import Sceau
from certif.domaine.certificats.modeles import REGROUPENT, DossierSession, EmpreinteFichier, SorteFichier
from certif.domaine.certificats.production import point, scelleur
from certif.domaine.certificats.production.arret import EnPanne, constater, panne_de
from certif.domaine.certificats.production.contenu_du_dossier import (
    CertificatAltere,
    Contenu,
    Document,
    fabriquer,
    rassembler,
)
from certif.domaine.certificats.production.fichiers import balayer, cle_de_piece, nouvelle_cle_dossier
from certif.domaine.certificats.production.point import verrouiller
from certif.domaine.certificats.retrait import en_vigueur
from certif.domaine.libelles import dossier as mots
from certif.domaine.pannes.attente import derniere_panne, reprendre
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

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One document that is stored; `sorte` as the register names it, "" for a file without seal."""

    nom: str
    sorte: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Prise:
    """The dossier of one session, claimed by this attempt."""

    session_numero: int
    cle: str
    pieces: tuple[_Piece, ...] = ()


@dataclass(slots=True)
class _Fait:
    """What was stored: the register's line for each sealed file, and the whole."""

    empreintes: dict[SorteFichier, str] = field(default_factory=dict)
    taille: int = 0


def produire(session_numero: int) -> None:
    """Make the dossier of this session if nobody did or does.

    May be called at any time, any number of times, by several processes at once.
    """
    prise = _prendre(session_numero)
    if prise is None:
        return
    try:
        point_de_rupture("dossier_apres_prise")
        fait = _fabriquer(prise)
        if fait is None:
            return
        if isinstance(fait, str):
            _echouer(prise, fait)
        elif not _conclure(prise, fait):
            # Taken over, or purged meanwhile: this file is nobody's.
            stockage.supprimer(prise.cle)
        balayer(session_numero)
    except Exception as erreur:  # noqa: BLE001 - `constater` tells an outage from a failure
        with suppress(EnPanne):
            constater(erreur, session_numero, partial(_rendre, prise))


def _prendre(session_numero: int) -> _Prise | None:
    """Claim the making; None when it is made, in hand, failed for good, or when there is no such session."""
    with transaction():
        session_certif = verrouiller(session_numero, Etat.GENERE)
        if session_certif is None:
            return None
        ligne = db.session.get(DossierSession, session_numero)
        if ligne is None:
            ligne = DossierSession(session_numero=session_numero, echecs=0)
            db.session.add(ligne)
        if ligne.sha256 or point.tient(ligne.prise_a):
            return None
        if ligne.cle is None or ligne.prise_a is not None:
            if ligne.cle:
                _perdre(ligne)
            if ligne.rate:
                return None
            ligne.cle, ligne.pieces = nouvelle_cle_dossier(session_numero), []
        ligne.prise_a = instant_reel()
        prise = _Prise(session_numero, ligne.cle, tuple(_Piece(**piece) for piece in ligne.pieces))
        point_de_rupture("dossier_avant_commit_prise")
    return prise


def _perdre(ligne: DossierSession) -> None:
    """Whoever claimed it died or hangs: a failed try, unless an outage came in between."""
    panne = derniere_panne()
    if panne is None or ligne.prise_a is None or ligne.prise_a > panne:
        _compter_un_echec(ligne, ligne.cause or mots.CAUSE_INTERROMPU)


def _compter_un_echec(ligne: DossierSession, cause: str) -> None:
    """One try less; after the third, failed for all to see."""
    ligne.echecs += 1
    ligne.cause = cause[:300]
    ligne.cle = ligne.prise_a = None


def _fabriquer(prise: _Prise) -> _Fait | str | None:
    """Make and store the zip; a failure of its own is a sentence, an outage is raised.

    None when it let others pass: it goes on behind them.
    """
    try:
        if empechement := scelleur.empechement():
            raise CleInutilisable(empechement)
        return _archiver(prise, _contenu(prise.session_numero), Sceau(scelleur.cle()))
    except RenduImpossible as refus:
        return refus.message
    except CertificatAltere:
        return mots.CAUSE_CERTIFICAT
    except DelaiDepasse:
        return mots.CAUSE_DELAI
    except Exception as erreur:
        if panne_de(erreur) is not None:
            raise
        # The message of an unforeseen error may hold the trainee's name: only its type is kept.
        _journal.error("dossier.echec", session=prise.session_numero, erreur=type(erreur).__name__)
        return mots.CAUSE_INTERNE


def _contenu(session_numero: int) -> Contenu:
    """Everything as it stands now; who changes it afterwards has the dossier made anew."""
    db.session.rollback()
    contenu = rassembler(db.session.get_one(SessionCertification, session_numero))
    db.session.rollback()
    return contenu


def _archiver(prise: _Prise, contenu: Contenu, sceau: Sceau) -> _Fait | None:
    """Make the documents that are missing, in their time limit each, then the zip of all."""
    pieces = list(prise.pieces)
    documents = fabriquer(contenu, sceau, {piece.nom for piece in pieces})
    while True:
        with delai(DOCUMENT_MAX_S):
            document: Document | None = next(documents, None)
        if document is None:
            break
        point_de_rupture("dossier_apres_rendu")
        pieces.append(_ranger(prise, document, pieces))
        if d_autres_attendent("produire_dossier", prise.session_numero):
            _ceder(prise)
            return None
    return _empaqueter(prise, pieces)


def _ranger(prise: _Prise, document: Document, avant: Sequence[_Piece]) -> _Piece:
    """Store a document beside those before it; the claim is renewed."""
    stockage.ecrire(cle_de_piece(prise.cle, document.nom), document.octets)
    piece = _Piece(document.nom, document.sorte or "", sha256(document.octets).hexdigest())
    with transaction():
        db.session.execute(
            update(DossierSession)
            .where(DossierSession.cle == prise.cle)
            .values(prise_a=instant_reel(), pieces=[asdict(p) for p in (*avant, piece)])
        )
    point_de_rupture("dossier_apres_piece")
    return piece


def _ceder(prise: _Prise) -> None:
    """Leave the place to whoever waits, and come behind them."""
    with transaction():
        ligne = _tenu(prise)
        if ligne is not None:
            ligne.prise_a = None
            apres_commit(enfiler, "produire_dossier", prise.session_numero)


def _empaqueter(prise: _Prise, pieces: Sequence[_Piece]) -> _Fait:
    fait = _Fait({SorteFichier(piece.sorte): piece.sha256 for piece in pieces if piece.sorte})
    # Without a name, so that nothing stays behind a process that dies.
    with TemporaryFile() as sortie:
        ecrire_zip(((piece.nom, _relire(prise, piece)) for piece in pieces), sortie)
        sortie.seek(0)
        octets = sortie.read()
    fait.empreintes[SorteFichier.DOSSIER] = sha256(octets).hexdigest()
    fait.taille = len(octets)
    stockage.ecrire(prise.cle, octets)
    point_de_rupture("dossier_apres_ecriture")
    # They go before the end rather than after it: whoever dies in between makes all of them again.
    for piece in pieces:
        stockage.supprimer(cle_de_piece(prise.cle, piece.nom))
    return fait


def _relire(prise: _Prise, piece: _Piece) -> bytes:
    octets = stockage.lire(cle_de_piece(prise.cle, piece.nom))
    if sha256(octets).hexdigest() != piece.sha256:
        raise StockageIndisponible  # it does not give back what it was given: all is made again
    return octets


def _conclure(prise: _Prise, fait: _Fait) -> bool:
    """Mark it made and enter its files in the register; False when this attempt no longer holds it."""
    numero = prise.session_numero
    with transaction():
        ligne = _tenu(prise)
        if ligne is None:
            return False
        ligne.sha256, ligne.taille = fait.empreintes[SorteFichier.DOSSIER], fait.taille
        ligne.prise_a = ligne.cause = None
        ligne.pieces = []
        reprendre(numero)
        nombre = len(en_vigueur(numero))
        db.session.add_all(
            EmpreinteFichier(
                session_numero=numero,
                sorte=sorte,
                sha256=empreinte,
                regroupe=nombre if sorte in REGROUPENT else None,
            )
            for sorte, empreinte in fait.empreintes.items()
        )
        point_de_rupture("dossier_avant_commit")
    point_de_rupture("dossier_apres_commit")
    return True


def _echouer(prise: _Prise, cause: str) -> None:
    with transaction():
        ligne = _tenu(prise)
        if ligne is not None:
            reprendre(prise.session_numero)
            _compter_un_echec(ligne, cause)


def _rendre(prise: _Prise) -> bool:
    """Give it back unmade, in the caller's transaction; False when this attempt no longer holds it."""
    ligne = _tenu(prise)
    if ligne is None or ligne.sha256 is not None:
        return False
    ligne.cle = ligne.prise_a = None
    return True


def _tenu(prise: _Prise) -> DossierSession | None:
    """The row, if this attempt still holds it."""
    numero = prise.session_numero
    if verrouiller(numero, Etat.GENERE) is None:
        return None
    ligne = db.session.get(DossierSession, numero, populate_existing=True)
    return ligne if ligne is not None and ligne.cle == prise.cle else None
