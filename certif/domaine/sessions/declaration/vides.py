"""Drafts in which nothing stands (R5): they wait for nobody, and go after a day without a change."""

from sqlalchemy import ColumnElement, and_, exists, or_

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire


def vide() -> ColumnElement[bool]:
    """SQL condition: a draft where nobody typed or chose anything, and no other gave anything.

    The niveau that an entité with a single one is given as it opens it is nothing.
    """
    s = SessionCertification
    d_office = or_(s.niveau_id.is_(None), s.version == 1)
    return and_(sans_contenu(), s.certificat_id.is_(None), d_office)


def sans_contenu() -> ColumnElement[bool]:
    """SQL condition: a draft without anything but a niveau and a certificat, whoever chose them."""
    s = SessionCertification
    contenu = (
        s.lieu_type,
        s.code_postal,
        s.ville,
        s.pays,
        s.plateforme_id,
        s.identification,
        s.formateur_id,
        s.reference_interne,
        s.nom_commercial_id,
    )
    return and_(jamais_commence(), *(colonne.is_(None) for colonne in contenu))


def jamais_commence() -> ColumnElement[bool]:
    """SQL condition: a draft that no formateur ever had, without end date nor stagiaires."""
    s = SessionCertification
    return and_(
        s.etat == Etat.SAISIE,
        s.premiere_soumission_le.is_(None),
        s.date_fin.is_(None),
        ~exists().where(Stagiaire.session_numero == s.numero),
    )
