"""What a session says once it is read-only: its lines, in the order of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from certif.domaine.libelles.ecrans import CHAMPS, IDENTIFICATIONS, LIEUX
from certif.domaine.noms import nom_affiche, prenom_nom
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import format_date


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line; `change` says what it was when the formateur last read it."""

    libelle: str
    valeur: str
    change: str = ""


def fiche_session(s: SessionCertification, changes: Mapping[str, str] | None = None) -> list[Ligne]:
    """What everyone reads; `changes` by the name of the field: certificat, lieu, identification, date_fin."""
    avant = changes or {}
    formateur = s.formateur
    return [
        Ligne(CHAMPS["niveau_id"], s.niveau.libelle if s.niveau else ""),
        Ligne(
            CHAMPS["certificat_id"], s.certificat.libelle if s.certificat else "", avant.get("certificat", "")
        ),
        Ligne(CHAMPS["lieu_type"], LIEUX[s.lieu_type] if s.lieu_type else ""),
        Ligne(CHAMPS["adresse"], s.lieu, avant.get("lieu", "")),
        Ligne(
            CHAMPS["identification"],
            IDENTIFICATIONS[s.identification] if s.identification else "",
            avant.get("identification", ""),
        ),
        Ligne(CHAMPS["date_fin"], format_date(s.date_fin) if s.date_fin else "", avant.get("date_fin", "")),
        Ligne(
            CHAMPS["formateur_id"],
            f"{nom_affiche(formateur.nom, formateur.prenom)} ({formateur.numero})" if formateur else "",
        ),
    ]


def fiche_interne(s: SessionCertification) -> list[tuple[str, str]]:
    """The same for the entité, with what concerns it alone: label and value."""
    nom = s.nom_commercial
    lignes = [
        *fiche_session(s),
        *([Ligne(CHAMPS["nom_commercial_id"], nom.libelle)] if nom else []),
        Ligne(CHAMPS["reference_interne"], s.reference_interne or ""),
        Ligne(CHAMPS["declarant"], prenom_nom(s.declarant.nom, s.declarant.prenom)),
    ]
    return [(ligne.libelle, ligne.valeur or "—") for ligne in lignes]
