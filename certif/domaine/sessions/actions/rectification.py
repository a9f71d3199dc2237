"""Opening the session that corrects a generated one (R14)."""

from collections.abc import Iterable

from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.libelles.sessions.chronologie import rectificative_de
from certif.domaine.sessions.modeles import REPRIS, SessionCertification, Stagiaire
from certif.domaine.sessions.modification import inaugurer
from certif.socle.base.extensions import db
from certif.socle.horloge import maintenant

_REPRIS = ("entite_id", *REPRIS, "date_fin")
_IDENTITE = ("rang", "nom", "prenom", "cle_nom", "cle_prenom", "date_naissance")


def ouvrir_rectificative(
    origine: SessionCertification, stagiaires: Iterable[Stagiaire], acteur: Acteur
) -> SessionCertification:
    """Open, in saisie, the session that corrects `origine` for these stagiaires only, without their results.

    In the caller's transaction, before the version of `origine` is raised: one version opens one session.
    The actor declares it. R1 counts as met; everything else applies in full, with its own number and days.
    """
    session_certif = SessionCertification(
        **{champ: getattr(origine, champ) for champ in _REPRIS},
        declarant_id=acteur.individu_id,
        dernier_intervenant_id=acteur.individu_id,
        jeton=_jeton(origine.numero, origine.version),
        rectifie_numero=origine.numero,
        creee_le=maintenant(),
        modifiee_le=maintenant(),
        stagiaires=[Stagiaire(**{champ: getattr(s, champ) for champ in _IDENTITE}) for s in stagiaires],
    )
    db.session.add(session_certif)
    db.session.flush()
    inaugurer(session_certif, acteur, rectificative_de(origine.numero))
    return session_certif


def rectificative_ouverte(numero: int, version: int) -> int | None:
    """The session that the click made from this version opened; None when it opened none, or it is gone."""
    requete = select(SessionCertification.numero).filter_by(jeton=_jeton(numero, version))
    return db.session.scalar(requete)


def _jeton(numero: int, version: int) -> str:
    """One per version of the session that is corrected; nobody can post such a token."""
    return f"rectifie:{numero}:{version}"
