"""The certificates of a session that is generated, or being so: selected, and counted."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, defer

from certif.domaine.certificats.annonces import annoncer_echecs
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.erreurs import PartieIntrouvable
from certif.domaine.libelles.certificats import annulation as textes
from certif.domaine.pannes.attente import reprendre
from certif.domaine.sessions.modeles import ORDRE_DES_STAGIAIRES, SessionCertification
from certif.socle.base.extensions import db

POUR_LISTE = (contains_eager(CertificatEmis.stagiaire), defer(CertificatEmis.donnees))
"""What a list of certificates reads: whose each is, and not all that is printed on it."""


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


def emis_de(session_numero: int) -> Select[CertificatEmis]:
    """Select them all, on any page and in any file as their holders stand everywhere else."""
    requete = select(CertificatEmis).join(CertificatEmis.stagiaire)
    return requete.where(CertificatEmis.session_numero == session_numero).order_by(*ORDRE_DES_STAGIAIRES)


def en_vigueur(session_numero: int) -> list[CertificatEmis]:
    """The certificates of a generated session that were not withdrawn, in their order."""
    requete = emis_de(session_numero).where(CertificatEmis.cle_objet.is_not(None))
    return list(db.session.scalars(requete.options(*POUR_LISTE)))


def absence_de(session_numero: int, ids: Collection[int]) -> PartieIntrouvable:
    """Why these certificates are not all in force in this session, once generated: cancelled, if known."""
    retires = select(CertificatEmis.id).filter_by(session_numero=session_numero, cle_objet=None)
    if not set(ids).intersection(db.session.scalars(retires)):
        return PartieIntrouvable(textes.CERTIFICAT_ABSENT)
    return PartieIntrouvable(textes.CERTIFICATS_ANNULES if len(ids) > 1 else textes.CERTIFICAT_ANNULE)
