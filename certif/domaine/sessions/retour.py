"""What every way back to saisie does: the results go, the formateur may take them back (R5)."""

from sqlalchemy import select

from certif.domaine.sessions.modeles import SessionCertification, Soumission
from certif.socle.extensions import db


def dernieres_soumissions(session_certif: SessionCertification, nombre: int = 2) -> list[Soumission]:
    """The last submissions, newest first."""
    requete = (
        select(Soumission).filter_by(session_numero=session_certif.numero).order_by(Soumission.id.desc())
    )
    return list(db.session.scalars(requete.limit(nombre)))


def soumission_precedente(session_certif: SessionCertification) -> Soumission | None:
    """The submission before the one that the formateur answers now."""
    soumissions = dernieres_soumissions(session_certif)
    return soumissions[1] if len(soumissions) > 1 else None


def effacer_resultats(session_certif: SessionCertification) -> None:
    """Erase the results, keeping them with the submission that they answered.

    A submission left unanswered inherits what could have been taken back from the one before: a correction
    made in two steps loses no answer.
    """
    soumissions = dernieres_soumissions(session_certif)
    reponses = [
        {
            "identite": stagiaire.identite,
            "resultat": stagiaire.resultat.value,
            "motif_echec": stagiaire.motif_echec.value if stagiaire.motif_echec else None,
        }
        for stagiaire in session_certif.stagiaires
        if stagiaire.resultat is not None
    ]
    if soumissions and reponses:
        soumissions[0].reponses = reponses
    elif len(soumissions) > 1 and _memes_conditions(*soumissions):
        soumissions[0].reponses = soumissions[1].reponses
    for stagiaire in session_certif.stagiaires:
        stagiaire.resultat = None
        stagiaire.motif_echec = None
    session_certif.resultats_le = None


def _memes_conditions(une: Soumission, autre: Soumission) -> bool:
    return (une.formateur_id, une.certificat_id, une.date_fin) == (
        autre.formateur_id,
        autre.certificat_id,
        autre.date_fin,
    )
