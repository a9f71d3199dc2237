"""Making the certificates of a session: claim, render, store, mark (R6).

The rows are the only truth: a job may die anywhere, run twice at once or come late. Each claim raises the
row's `essai`; only the attempt that holds it may finish the row, and its file's name carries it. Every change
of state is made under the lock of the session's row, so that counting and deciding see all of it.
"""

import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sqlalchemy import select

from certif.documents.certificat.fabrique import Fabrique
from certif.documents.donnees import DonneesCertificat, DonneesPlusRecentes
from certif.documents.erreurs import RenduImpossible
from certif.documents.sceau.sceau import Sceau
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production import point, scelleur
from certif.domaine.certificats.production.arret import constater, panne_de
from certif.domaine.certificats.production.fichiers import cle_certificat
from certif.domaine.certificats.production.point import faire_le_point, verrouiller
from certif.domaine.entites import logos
from certif.domaine.libelles import certificats as textes
from certif.domaine.pannes.attente import attendre, derniere_panne, reprendre
from certif.domaine.pannes.modeles import SorteDePanne
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.delai import DelaiDepasse, delai
from certif.socle.file import ceder
from certif.socle.horloge import instant_reel
from certif.socle.rupture import point_de_rupture

LOT = 25
ECHECS_MAX = 3
RENDU_MAX_S = 30.0
"""A certificate that takes longer hangs; three times this is under the five minutes of a visible failure."""
_PROLONGATION_S = 10.0

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prise:
    """One certificate claimed by this attempt."""

    id: int
    essai: int
    session_numero: int
    numero: str
    donnees: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Resultat:
    """What became of a claim: a stored file, the cause of its failure, or left to a newer version."""

    prise: Prise
    cle: str | None = None
    sha256: str | None = None
    taille: int | None = None
    cause: str | None = None
    plus_recent: bool = False


def produire_les_certificats(session_numero: int) -> bool:
    """Make every certificate of the session still to be made.

    Between two lots, others pass who wait for theirs: False when this session has gone behind them.

    Raises:
        EnPanne: an outage stops the work; it goes on from there once it is over, and nothing was counted.
    """
    fabrique: Fabrique | None = None
    laisses: set[int] = set()
    while lot := prendre(session_numero, laisses):
        try:
            point_de_rupture("apres_prise")
            fabrique = fabrique or _fabrique(session_numero)
            laisses |= _traiter(lot, fabrique)
        except Exception as erreur:  # noqa: BLE001 - `constater` tells an outage from a failure
            constater(erreur, session_numero, partial(_rendre, lot))
        if _il_en_reste(session_numero, laisses) and ceder("produire_certificats", session_numero):
            return False
    return True


def _il_en_reste(session_numero: int, sauf: Collection[int]) -> bool:
    requete = select(CertificatEmis.id).filter_by(session_numero=session_numero, etat=EtatEmission.A_PRODUIRE)
    reste = db.session.scalar(requete.where(CertificatEmis.id.not_in(sauf)).limit(1)) is not None
    db.session.rollback()
    return reste


def _fabrique(session_numero: int) -> Fabrique:
    """What makes the certificates of this session that are still to be made.

    Raises:
        CleInutilisable: nothing can be sealed.
    """
    requete = (
        select(CertificatEmis.donnees)
        .where(CertificatEmis.session_numero == session_numero, CertificatEmis.etat != EtatEmission.PRODUIT)
        .order_by(CertificatEmis.id)
    )
    donnees = []
    for ligne in db.session.scalars(requete):
        with suppress(ValueError):  # it will fail by itself, and stop none of the others
            donnees.append(DonneesCertificat.de_json(ligne))
    logo = logos.lire(donnees[0].logo) if donnees else None
    db.session.rollback()
    return Fabrique(donnees, logo, Sceau(scelleur.cle()))


def prendre(session_numero: int, sauf: Collection[int] = ()) -> list[Prise]:
    """Claim at most 25 certificates, those that never failed first; one that failed is claimed alone.

    Alone, because it may kill the process: its neighbours must not be counted as failing with it. `sauf`:
    those that this process cannot read.
    """
    with transaction():
        session_certif = verrouiller(session_numero)
        if session_certif is None:
            return []
        _reprendre_les_baux_echus(session_numero)
        faire_le_point(session_certif)
        prets = db.session.scalars(
            select(CertificatEmis)
            .filter_by(session_numero=session_numero, etat=EtatEmission.A_PRODUIRE)
            .where(CertificatEmis.id.not_in(sauf))
            .order_by(CertificatEmis.echecs, CertificatEmis.id)
            .limit(LOT)
        ).all()
        lot = [c for c in prets if c.echecs == 0] or list(prets[:1])
        for certificat in lot:
            certificat.etat = EtatEmission.EN_COURS
            certificat.essai += 1
            certificat.prise_a = instant_reel()
        prises = [Prise(c.id, c.essai, c.session_numero, c.numero, c.donnees) for c in lot]
        point_de_rupture("avant_commit_prise")
    return prises


def compter_un_echec(certificat: CertificatEmis, cause: str) -> None:
    """One try less: to be made again, or failed for all to see after the third."""
    certificat.echecs += 1
    certificat.cause = cause
    certificat.prise_a = None
    certificat.etat = EtatEmission.ECHEC if certificat.echecs >= ECHECS_MAX else EtatEmission.A_PRODUIRE


def _reprendre_les_baux_echus(session_numero: int) -> None:
    """Take back the claims of attempts that died or hang: a failed try, unless an outage came in between."""
    echus = _baux_echus(session_numero)
    panne = derniere_panne() if echus else None
    for certificat in echus:
        if panne is not None and certificat.prise_a is not None and certificat.prise_a <= panne:
            _liberer(certificat)
        else:
            compter_un_echec(certificat, certificat.cause or textes.CAUSE_INTERROMPU)
    db.session.flush()


def _baux_echus(session_numero: int) -> Sequence[CertificatEmis]:
    requete = select(CertificatEmis).where(
        CertificatEmis.session_numero == session_numero,
        CertificatEmis.etat == EtatEmission.EN_COURS,
        point.echu(),
    )
    return db.session.scalars(requete).all()


def _liberer(certificat: CertificatEmis) -> None:
    """To be made again, with nothing held against it."""
    certificat.prise_a = None
    certificat.etat = EtatEmission.A_PRODUIRE


def _traiter(lot: Sequence[Prise], fabrique: Fabrique) -> set[int]:
    """Make a claimed lot; returns those left to a newer version. What was made before an outage is marked."""
    resultats: list[Resultat] = []
    laisses: set[int] = set()
    depuis = time.monotonic()
    for rang, prise in enumerate(lot):
        try:
            resultats.append(_fabriquer(prise, fabrique))
        except Exception:
            enregistrer(resultats)
            raise
        if resultats[-1].plus_recent:
            laisses.add(prise.id)
        if time.monotonic() - depuis > _PROLONGATION_S:
            enregistrer(resultats, restantes=lot[rang + 1 :])
            resultats, depuis = [], time.monotonic()
    enregistrer(resultats)
    return laisses


def _fabriquer(prise: Prise, fabrique: Fabrique) -> Resultat:
    """Render and store one certificate. A failure that is its own is a result; an outage is raised."""
    try:
        with delai(RENDU_MAX_S):
            fichier = fabrique.faire(DonneesCertificat.de_json(prise.donnees))
            point_de_rupture("apres_rendu")
    except DonneesPlusRecentes:
        _journal.warning("production.version", session=prise.session_numero, certificat=prise.id)
        return Resultat(prise, plus_recent=True)
    except RenduImpossible as refus:
        return Resultat(prise, cause=refus.message[:300])
    except DelaiDepasse:
        return Resultat(prise, cause=textes.CAUSE_DELAI)
    except Exception as erreur:
        if panne_de(erreur) is not None:
            raise
        # The message of an unforeseen error may hold the trainee's name: only its type is kept.
        _journal.error(
            "production.echec", certificat=prise.id, essai=prise.essai, erreur=type(erreur).__name__
        )
        return Resultat(prise, cause=textes.CAUSE_INTERNE)
    cle = cle_certificat(prise.session_numero, prise.numero, prise.essai)
    stockage.ecrire(cle, fichier.octets)
    point_de_rupture("apres_ecriture")
    return Resultat(prise, cle, fichier.sha256, len(fichier.octets))


def enregistrer(resultats: Sequence[Resultat], restantes: Sequence[Prise] = ()) -> None:
    """Mark what was made or failed, where the claim still holds; prolong the claims still to be worked on."""
    if not resultats:
        return
    perdues: list[str] = []
    with transaction():
        session_certif = verrouiller(resultats[0].prise.session_numero)
        tenus = _encore_tenus([r.prise for r in resultats]) if session_certif else {}
        for resultat in resultats:
            certificat = tenus.get(resultat.prise.id)
            if certificat is None:
                perdues.append(resultat.cle or "")
            elif resultat.plus_recent:
                _liberer(certificat)
                attendre(certificat.session_numero, SorteDePanne.VERSION)
            elif resultat.cle is None:
                compter_un_echec(certificat, resultat.cause or textes.CAUSE_INTERNE)
            else:
                certificat.etat = EtatEmission.PRODUIT
                certificat.cle_objet = resultat.cle
                certificat.sha256 = resultat.sha256
                certificat.taille = resultat.taille
                certificat.cause = None
        if session_certif is not None:
            for certificat in _encore_tenus(restantes).values():
                certificat.prise_a = instant_reel()
            if any(r.cle for r in resultats):
                reprendre(session_certif.numero)
            faire_le_point(session_certif)
        point_de_rupture("avant_commit")
    point_de_rupture("apres_commit")
    for cle in filter(None, perdues):
        # Another attempt took the row over: this file is nobody's.
        stockage.supprimer(cle)


def _encore_tenus(prises: Sequence[Prise]) -> dict[int, CertificatEmis]:
    """Of these claims, the rows that nobody else took over since."""
    essais = {prise.id: prise.essai for prise in prises}
    requete = (
        select(CertificatEmis)
        .where(CertificatEmis.id.in_(essais), CertificatEmis.etat == EtatEmission.EN_COURS)
        .execution_options(populate_existing=True)
    )
    return {c.id: c for c in db.session.scalars(requete) if c.essai == essais[c.id]}


def _rendre(prises: Sequence[Prise]) -> bool:
    """Give back what is still claimed of these; in the caller's transaction."""
    session_certif = verrouiller(prises[0].session_numero)
    for certificat in _encore_tenus(prises).values():
        _liberer(certificat)
    return session_certif is not None
