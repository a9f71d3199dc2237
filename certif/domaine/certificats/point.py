"""Where a generation stands: its session locked, its certificates counted."""

from sqlalchemy import func, select

from certif.domaine.certificats.avis import annoncer_echecs
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.pannes.attente import reprendre
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.extensions import db
from certif.socle.verrou import tenir


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
