"""What is worth a second look in a session being filled, and never blocks (R12, R13)."""

from __future__ import annotations

from sqlalchemy import select

from certif.domaine.comptes.acteur import Acteur
from certif.domaine.libelles.avertissements import SESSION_SEMBLABLE, cedex
from certif.domaine.referentiel.communes import villes
from certif.domaine.sessions import regles
from certif.domaine.sessions.modeles import SessionCertification, TypeLieu
from certif.domaine.sessions.portee import visible_de
from certif.socle.extensions import db


def avertissements(session_certif: SessionCertification, acteur: Acteur) -> list[str]:
    """Unusual ages, an unusual group, minors at risk, and a session that looks like this one."""
    s = session_certif
    messages: list[str] = []
    if s.niveau is not None:
        groupe = regles.avertissement_groupe(len(s.stagiaires), s.niveau.dispositif)
        messages += [groupe] if groupe else []
        if s.date_fin is not None:
            for stagiaire in s.stagiaires:
                messages += regles.avertissements_stagiaire(stagiaire, s.date_fin, s.niveau.dispositif)
    semblable = avertissement_semblable(s, acteur)
    return [*messages, semblable] if semblable else messages


def avertissement_lieu(session_certif: SessionCertification) -> str | None:
    """A postcode that is no commune's, accepted as a CEDEX only."""
    s = session_certif
    if s.lieu_type is not TypeLieu.FRANCE or not s.code_postal or not s.ville:
        return None
    return None if villes(s.code_postal) else cedex(s.code_postal)


def avertissement_semblable(session_certif: SessionCertification, acteur: Acteur) -> str | None:
    """Another session of the entité with the same certificat, F and formateur; not the one it corrects.

    Of those that this actor sees only: a colleague's does not exist, in a warning either (R9).
    """
    s = session_certif
    if s.certificat_id is None or s.date_fin is None or s.formateur_id is None:
        return None
    requete = select(SessionCertification.numero).where(
        visible_de(acteur),
        SessionCertification.entite_id == s.entite_id,
        SessionCertification.certificat_id == s.certificat_id,
        SessionCertification.date_fin == s.date_fin,
        SessionCertification.formateur_id == s.formateur_id,
        SessionCertification.numero.not_in([s.numero, s.rectifie_numero or s.numero]),
    )
    return None if db.session.scalar(requete.limit(1)) is None else SESSION_SEMBLABLE
