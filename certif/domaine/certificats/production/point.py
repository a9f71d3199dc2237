"""Where the files of a session stand: claimed until when, its session locked, its certificates counted."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, defer

from certif.domaine.certificats.annonces import annoncer_echecs
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.pannes.attente import reprendre
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import ORDRE_DES_STAGIAIRES, SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir
from certif.socle.horloge import AVANCE_MAX, instant_reel

BAIL = timedelta(seconds=60)
Prise = InstrumentedAttribute[datetime | None]
POUR_LISTE = (contains_eager(CertificatEmis.stagiaire), defer(CertificatEmis.donnees))
"""What a list of certificates reads: whose each is, and not all that is printed on it."""


def verrouiller(session_numero: int, etat: Etat = Etat.GENERATION) -> SessionCertification | None:
    """Lock a session in this state, in the caller's transaction; None when it is not, or no longer."""
    requete = select(SessionCertification).filter_by(numero=session_numero, etat=etat)
    return db.session.scalars(tenir(requete, SessionCertification)).one_or_none()


def faire_le_point(session_certif: SessionCertification) -> None:
    """Bring the session's counters up to date; tell the entité when all that is left has failed."""
    db.session.flush()
    requete = (
        select(CertificatEmis.etat, func.count())
        .filter_by(session_numero=session_certif.numero)
        .group_by(CertificatEmis.etat)
    )
    nombres = {etat: int(nombre) for etat, nombre in db.session.execute(requete)}
    total = sum(nombres.values())
    produits, rates = nombres.get(EtatEmission.PRODUIT, 0), nombres.get(EtatEmission.ECHEC, 0)
    session_certif.certificats_total = total
    session_certif.certificats_produits = produits
    session_certif.certificats_en_echec = rates
    if rates and produits + rates == total:
        reprendre(session_certif.numero)
        annoncer_echecs(session_certif, rates, total)


def echu(prise_a: Prise = CertificatEmis.prise_a) -> ColumnElement[bool]:
    """Condition that a claim no longer holds: too old, or made before the clock was put back."""
    maintenant = instant_reel()
    return or_(prise_a < maintenant - BAIL, prise_a > maintenant + AVANCE_MAX)


def tient(prise_a: datetime | None) -> bool:
    """Whether a claim made then still holds; False when there is none."""
    maintenant = instant_reel()
    return prise_a is not None and maintenant - BAIL <= prise_a <= maintenant + AVANCE_MAX


def emis_de(session_numero: int) -> Select[CertificatEmis]:
    """Select them all, on any page and in any file as their holders stand everywhere else."""
    requete = select(CertificatEmis).join(CertificatEmis.stagiaire)
    return requete.where(CertificatEmis.session_numero == session_numero).order_by(*ORDRE_DES_STAGIAIRES)
