"""What a session says once it is read-only: label and value, in the order of its form."""

from __future__ import annotations

from certif.domaine.libelles.ecrans import CHAMPS, IDENTIFICATIONS, LIEUX, ONGLETS
from certif.domaine.noms import nom_affiche, prenom_nom
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import format_date


def fiche_session(session_certif: SessionCertification, *, interne: bool) -> list[tuple[str, str]]:
    """The lines of the tab "Session"; `interne` adds what concerns the entité only."""
    s = session_certif
    lignes = [
        (CHAMPS["niveau_id"], s.niveau.libelle if s.niveau else ""),
        (CHAMPS["certificat_id"], s.certificat.libelle if s.certificat else ""),
        (LIEUX[s.lieu_type] if s.lieu_type else CHAMPS["lieu_type"], s.lieu),
        (CHAMPS["identification"], IDENTIFICATIONS[s.identification] if s.identification else ""),
        (CHAMPS["date_fin"], format_date(s.date_fin) if s.date_fin else ""),
        (ONGLETS["formateur"], _formateur(s)),
    ]
    if interne:
        lignes += [
            (CHAMPS["reference_interne"], s.reference_interne or ""),
            ("Déclarée par", prenom_nom(s.declarant.nom, s.declarant.prenom)),
        ]
    return [(libelle, valeur or "—") for libelle, valeur in lignes]


def _formateur(s: SessionCertification) -> str:
    return f"{nom_affiche(s.formateur.nom, s.formateur.prenom)} ({s.formateur.numero})" if s.formateur else ""
