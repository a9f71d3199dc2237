"""What is worth a second look in a session being filled, and never blocks (R12)."""

from __future__ import annotations

from sqlalchemy import select

from certif.domaine.libelles.avertissements import SESSION_SEMBLABLE
from certif.domaine.sessions import regles
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.extensions import db


def avertissements(session_certif: SessionCertification) -> list[str]:
    """Unusual ages, an unusual group, minors at risk, and a session that looks like this one."""
    s = session_certif
    messages: list[str] = []
    if s.niveau is not None:
        groupe = regles.avertissement_groupe(len(s.stagiaires), s.niveau.dispositif)
        messages += [groupe] if groupe else []
        if s.date_fin is not None:
            for stagiaire in s.stagiaires:
                messages += regles.avertissements_stagiaire(stagiaire, s.date_fin, s.niveau.dispositif)
    if _semblable_existe(s):
        messages.append(SESSION_SEMBLABLE)
    return messages


def _semblable_existe(s: SessionCertification) -> bool:
    """Whether the entité has another session with the same certificat, F and formateur."""
    if s.certificat_id is None or s.date_fin is None or s.formateur_id is None:
        return False
    requete = select(SessionCertification.numero).where(
        SessionCertification.entite_id == s.entite_id,
        SessionCertification.certificat_id == s.certificat_id,
        SessionCertification.date_fin == s.date_fin,
        SessionCertification.formateur_id == s.formateur_id,
        SessionCertification.numero != s.numero,
    )
    return db.session.scalar(requete.limit(1)) is not None
