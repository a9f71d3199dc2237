"""The certificates of a session, in the one order of its trainees (R12)."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, defer

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.sessions.modeles import ORDRE_DES_STAGIAIRES

POUR_LISTE = (contains_eager(CertificatEmis.stagiaire), defer(CertificatEmis.donnees))
"""What a list of certificates reads: whose each is, and not all that is printed on it."""


def emis_de(session_numero: int) -> Select[CertificatEmis]:
    """Select them all, on any page and in any file as their holders stand everywhere else."""
    requete = select(CertificatEmis).join(CertificatEmis.stagiaire)
    return requete.where(CertificatEmis.session_numero == session_numero).order_by(*ORDRE_DES_STAGIAIRES)
