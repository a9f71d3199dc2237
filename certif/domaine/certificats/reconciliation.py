"""Putting back on the way what a lost job, a dead worker or an emptied queue left behind."""

from sqlalchemy import and_, exists, or_, select

from certif.domaine.certificats import bail
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.extensions import db
from certif.socle.file import enfiler


def reconcilier() -> list[int]:
    """Queue again every generation that waits for a worker; returns their sessions."""
    sessions = sessions_a_reprendre()
    for numero in sessions:
        enfiler("produire_certificats", numero)
    return sessions


def sessions_a_reprendre() -> list[int]:
    """Sessions in generation in which nobody works on something that can go on."""
    s, c = SessionCertification, CertificatEmis
    de_la_session = c.session_numero == s.numero
    a_faire = exists().where(
        de_la_session,
        or_(
            c.etat == EtatEmission.A_PRODUIRE,
            and_(c.etat == EtatEmission.EN_COURS, bail.echu()),
        ),
    )
    # All made, the zip missing, and whoever made it, if anybody, gave no sign of life for too long.
    inacheve = exists().where(de_la_session, c.etat != EtatEmission.PRODUIT)
    tenu = exists().where(de_la_session, c.prise_a.is_not(None), ~bail.echu())
    a_clore = and_(~inacheve, or_(s.zip_cle.is_(None), ~tenu))
    requete = select(s.numero).where(s.etat == Etat.GENERATION, or_(a_faire, a_clore)).order_by(s.numero)
    return list(db.session.scalars(requete))
