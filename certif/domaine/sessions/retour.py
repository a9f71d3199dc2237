"""What every way back to saisie does: the results go, the formateur may take them back (R5)."""

from sqlalchemy import select

from certif.domaine.sessions.modeles import SessionCertification, Soumission
from certif.socle.extensions import db


def derniere_soumission(session_certif: SessionCertification) -> Soumission | None:
    """The last submission to a formateur, or None before the first."""
    requete = select(Soumission).filter_by(session_numero=session_certif.numero).order_by(Soumission.id.desc())
    return db.session.scalars(requete.limit(1)).one_or_none()


def effacer_resultats(session_certif: SessionCertification) -> None:
    """Erase the results, keeping them with the submission that they answered."""
    soumission = derniere_soumission(session_certif)
    reponses = [
        {
            "identite": stagiaire.identite,
            "resultat": stagiaire.resultat.value,
            "motif_echec": stagiaire.motif_echec.value if stagiaire.motif_echec else None,
        }
        for stagiaire in session_certif.stagiaires
        if stagiaire.resultat is not None
    ]
    if soumission is not None and reponses:
        soumission.reponses = reponses
    for stagiaire in session_certif.stagiaires:
        stagiaire.resultat = None
        stagiaire.motif_echec = None
    session_certif.resultats_le = None
