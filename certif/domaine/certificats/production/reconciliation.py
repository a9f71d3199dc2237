"""Putting back on the way what a lost job, a dead worker or an emptied queue left behind."""

from datetime import timedelta

from sqlalchemy import and_, exists, or_, select

from certif.domaine.certificats.modeles import (
    ECHECS_MAX,
    CertificatEmis,
    DossierSession,
    EtatEmission,
)
from certif.domaine.certificats.production.recette import echu
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.file import enfiler_chacune
from certif.socle.horloge import aujourd_hui


def reconcilier() -> list[int]:
    """Queue again every generation and zip that waits for a worker, then every dossier; returns the first."""
    sessions, archives = sessions_a_reprendre(), archives_a_reconstituer()
    enfiler_chacune("produire_certificats", sessions)
    enfiler_chacune("reconstituer_archive", archives)
    enfiler_chacune("produire_dossier", dossiers_a_reprendre())
    return sessions + archives


def sessions_a_reprendre() -> list[int]:
    """Sessions in generation in which nobody works on something that can go on."""
    s, c = SessionCertification, CertificatEmis
    de_la_session = c.session_numero == s.numero
    a_faire = exists().where(
        de_la_session,
        or_(
            c.etat == EtatEmission.A_PRODUIRE,
            and_(c.etat == EtatEmission.EN_COURS, echu()),
        ),
    )
    # All made, the zip missing, and whoever made it, if anybody, gave no sign of life for too long.
    inacheve = exists().where(de_la_session, c.etat != EtatEmission.PRODUIT)
    tenu = exists().where(de_la_session, c.prise_a.is_not(None), ~echu())
    a_clore = and_(~inacheve, or_(s.zip_cle.is_(None), ~tenu))
    requete = select(s.numero).where(s.etat == Etat.GENERATION, or_(a_faire, a_clore)).order_by(s.numero)
    return list(db.session.scalars(requete))


def archives_a_reconstituer() -> list[int]:
    """Generated sessions whose zip must be packed again without what was cancelled, and nobody does it."""
    s, c = SessionCertification, CertificatEmis
    restants = exists().where(c.session_numero == s.numero, c.cle_objet.is_not(None))
    tenu = restants.where(c.prise_a.is_not(None), ~echu())
    requete = (
        select(s.numero)
        # Those that are generated have `genere_le`, and there are indexes of it.
        .where(s.genere_le.is_not(None), s.zip_sha256.is_(None), restants, or_(s.zip_cle.is_(None), ~tenu))
    )
    # They are few, if any: to give their order, SQLite may read all sessions.
    return sorted(db.session.scalars(requete))


def dossiers_a_reprendre() -> list[int]:
    """Sessions that can be downloaded, whose dossier nobody makes though it is neither made nor failed."""
    s, d = SessionCertification, DossierSession
    libre = or_(d.prise_a.is_(None), echu(d.prise_a))
    a_faire = or_(d.session_numero.is_(None), and_(d.sha256.is_(None), d.echecs < ECHECS_MAX, libre))
    plus_ancienne = debut_du_jour(aujourd_hui() - timedelta(days=delais.JOURS_DE_TELECHARGEMENT))
    requete = (
        select(s.numero)
        .outerjoin(d, d.session_numero == s.numero)
        .where(s.genere_le >= plus_ancienne, a_faire)
    )
    # In their order here: asked for by number, the database would read all of them.
    return sorted(db.session.scalars(requete))
