"""Where the files of a session stand in the store, and which of them have a reason to be there.

A key begins with the session's number. An object is kept while a row names it: a produced certificate, the
attempt of a running one, the archive or the dossier of the session, or the pieces of a dossier that is being
made; anything else is left over from an attempt that died.
"""

import hashlib
import re
import secrets
from collections import defaultdict

from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EtatEmission
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.stockage import ObjetAbsent

_PAR_LOT = 500
_PIECE = re.compile(r"^(\d+/dossier-[0-9a-f]{16})-.*$")


def cle_certificat(session_numero: int, numero: str, essai: int) -> str:
    """Key of the file written by one attempt."""
    return f"{session_numero}/{numero}-{essai}.pdf"


def nouvelle_cle_archive(session_numero: int) -> str:
    """A key for one attempt at the zip; it also fences: the session names the attempt that may finish."""
    return f"{session_numero}/certificats-{secrets.token_hex(8)}.zip"


def nouvelle_cle_dossier(session_numero: int) -> str:
    """A key for one attempt at the dossier, which it fences in the same way."""
    return f"{session_numero}/dossier-{secrets.token_hex(8)}.zip"


def cle_de_piece(cle_dossier: str, nom: str) -> str:
    """Key of one document of a dossier that is being made."""
    return f"{cle_dossier.removesuffix('.zip')}-{nom}"


def empreinte_de(cle: str) -> str:
    """SHA-256 of a stored object, read piece by piece."""
    condense = hashlib.sha256()
    for morceau in stockage.lire_flux(cle):
        condense.update(morceau)
    return condense.hexdigest()


def lire_intact(cle: str, empreinte: str) -> bytes | None:
    """What is stored under this key; None when nothing is, or something else than what has this SHA-256."""
    try:
        octets = stockage.lire(cle)
    except ObjetAbsent:
        return None
    return octets if hashlib.sha256(octets).hexdigest() == empreinte else None


def balayer(session_numero: int | None = None) -> int:
    """Remove the objects that no row explains, of one session or of all; returns how many."""
    retires = orphelins(session_numero)
    for cle in retires:
        stockage.supprimer(cle)
    return len(retires)


def orphelins(session_numero: int | None = None) -> list[str]:
    """The keys of objects that no row explains, of one session or of all.

    True at any time: an attempt's key is in its row before its object exists, and objects are listed first.
    """
    prefixe = "" if session_numero is None else f"{session_numero}/"
    par_session: dict[int, list[str]] = defaultdict(list)
    for cle in stockage.lister(prefixe, restes=True):
        dossier, _, nom = cle.partition("/")
        if nom and dossier.isascii() and dossier.isdigit():
            par_session[int(dossier)].append(cle)
    numeros = sorted(par_session)
    trouves: list[str] = []
    for debut in range(0, len(numeros), _PAR_LOT):
        lot = numeros[debut : debut + _PAR_LOT]
        connues = cles_connues(lot)
        trouves += [c for n in lot for c in par_session[n] if _PIECE.sub(r"\1-", c) not in connues]
    return trouves


def cles_connues(sessions: list[int]) -> set[str]:
    """The keys of all files that rows of these sessions name."""
    # What was read before the listing may be older than the objects listed.
    db.session.rollback()
    emis = db.session.execute(
        select(
            CertificatEmis.session_numero,
            CertificatEmis.numero,
            CertificatEmis.essai,
            CertificatEmis.etat,
            CertificatEmis.cle_objet,
        ).where(CertificatEmis.session_numero.in_(sessions))
    )
    connues = {
        cle_certificat(session, numero, essai) if etat is EtatEmission.EN_COURS else cle_objet
        for session, numero, essai, etat, cle_objet in emis
        if etat is EtatEmission.EN_COURS or cle_objet is not None
    }
    archives = select(SessionCertification.zip_cle).where(
        SessionCertification.numero.in_(sessions), SessionCertification.zip_cle.is_not(None)
    )
    connues.update(db.session.scalars(archives))
    dossiers = select(DossierSession.cle, DossierSession.sha256)
    for cle, fait in db.session.execute(dossiers.where(DossierSession.session_numero.in_(sessions))):
        if cle is not None:
            connues |= {cle} if fait else {cle, cle_de_piece(cle, "")}
    db.session.rollback()
    return {cle for cle in connues if cle is not None}
