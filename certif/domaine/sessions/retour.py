"""What every way back to saisie does: the results go, the formateur may take them back (R5)."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Soumission
from certif.socle.base.extensions import db


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


def soumise_a(session_certif: SessionCertification, individu_id: int) -> datetime | None:
    """When the session was last submitted to this person; None when they never had it."""
    requete = select(func.max(Soumission.soumise_le)).filter_by(
        session_numero=session_certif.numero, formateur_id=individu_id
    )
    return db.session.scalar(requete)


def reprise_par_l_entite(session_certif: SessionCertification) -> bool:
    """Whether it last came back to saisie by "Reprendre la saisie", which already told the formateur."""
    requete = (
        select(Evenement.action)
        .filter_by(session_numero=session_certif.numero, vers=Etat.SAISIE)
        .where(Evenement.de.is_not(None), Evenement.de != Etat.SAISIE)
        .order_by(Evenement.id.desc())
    )
    return db.session.scalar(requete.limit(1)) == Action.REPRENDRE_SAISIE


def effacer_resultats(session_certif: SessionCertification) -> None:
    """Erase the results, keeping them with the submission that they answered.

    A stagiaire left unanswered keeps the answer that could have been taken back from the submission before:
    a correction made in two steps loses none.
    """
    soumissions = dernieres_soumissions(session_certif)
    reponses: list[dict[str, Any]] = [
        {
            "identite": stagiaire.identite,
            "resultat": stagiaire.resultat.value,
            "motif_echec": stagiaire.motif_echec.value if stagiaire.motif_echec else None,
        }
        for stagiaire in session_certif.stagiaires
        if stagiaire.resultat is not None
    ]
    if len(soumissions) > 1 and _memes_conditions(*soumissions):
        repondus = [reponse["identite"] for reponse in reponses]
        reponses += [r for r in soumissions[1].reponses or () if r["identite"] not in repondus]
    if soumissions and reponses:
        soumissions[0].reponses = reponses
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
