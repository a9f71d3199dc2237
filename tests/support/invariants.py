"""What must hold after any fault, once healed: what the platform judges of itself, and nothing left to do."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EtatEmission
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.production.dossier import produire as produire_dossier
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.production.reconciliation import dossiers_a_reprendre
from certif.domaine.demandes.modeles import PieceJointe
from certif.domaine.exploitation.invariants import verification
from certif.domaine.exploitation.invariants.sessions import emis_de
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db


def verifier(config: Config, *, dossiers: bool = False) -> None:
    """Check every invariant in the open application context, once everything is healed.

    `dossiers`: those too have had the time to be made; else one that nobody began is no fault.
    """
    assert manquements(config, dossiers=dossiers) == []


def manquements(config: Config, *, dossiers: bool = False) -> list[str]:
    """What does not hold: each begins with its invariant."""
    db.session.rollback()
    trouves = list(map(str, verification.verifier(patience=timedelta(0), pause_s=0)))
    sessions = db.session.scalars(select(SessionCertification)).all()
    trouves += [
        f"I5: session {s.numero} stopped without a visible cause"
        for s in sessions
        if s.etat is Etat.GENERATION and not _arret_visible(s)
    ]
    if dossiers and dossiers_a_reprendre():
        trouves.append("I5: a dossier still waits")
    trouves += _objets(config)
    return trouves or _rien_ne_change([s.numero for s in sessions], config)


def empreinte_de_la_base() -> str:
    """Digest of every row of every table, but for when a login last came into the space of an entité."""
    db.session.rollback()
    lignes = []
    for table in db.metadata.sorted_tables:
        colonnes = [c for c in table.columns if c.name != "derniere_venue"]
        lues = sorted(map(str, db.session.execute(select(*colonnes))))
        lignes += [f"{table.name}: {ligne}" for ligne in lues]
    db.session.rollback()
    return sha256("\n".join(lignes).encode()).hexdigest()


def _arret_visible(session_certif: SessionCertification) -> bool:
    emis = emis_de(session_certif.numero)
    rates = [c for c in emis if c.etat is EtatEmission.ECHEC]
    finis = all(c.etat in (EtatEmission.ECHEC, EtatEmission.PRODUIT) for c in emis)
    return bool(rates) and finis and all(c.cause for c in rates)


def _objets(config: Config) -> list[str]:
    s = SessionCertification
    attendus: set[str | None] = set()
    for cle in (CertificatEmis.cle_objet, s.zip_cle, DossierSession.cle, PieceJointe.cle):
        attendus |= set(db.session.scalars(select(cle).where(cle.is_not(None))))
    trouves = []
    if set(stockage.lister()) != attendus:
        trouves.append("I6: orphans or missing files")
    if isinstance(config.stockage, Path):
        fichiers = [f for f in config.stockage.rglob("*") if f.is_file() and f.name != stockage.TEMOIN]
        if len(fichiers) != len(attendus):
            trouves.append("I6: pieces of interrupted writings")
    return trouves


def _rien_ne_change(numeros: Sequence[int], config: Config) -> list[str]:
    avant = empreinte_de_la_base()
    a_faire = dossiers_a_reprendre()
    for numero in numeros:
        produire(numero)
        reconstituer(numero)
        if numero not in a_faire:
            produire_dossier(numero)
    balayer()
    trouves = _objets(config)
    return trouves if empreinte_de_la_base() == avant else [*trouves, "I9: made again, something changed"]
