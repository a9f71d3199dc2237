"""What a session says once it is read-only: its lines, in the order of its form."""

from collections.abc import Mapping
from dataclasses import dataclass

from certif.domaine.certificats.impression import Impression
from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.noms import nom_affiche, prenom_nom
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import format_date


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line; `change` says what it was when the formateur last read it."""

    libelle: str
    valeur: str
    change: str = ""


def fiche_session(
    s: SessionCertification, impression: Impression | None, changes: Mapping[str, str] | None = None
) -> list[Ligne]:
    """What everyone reads, as printed where certificates are.

    `changes` by the name of the field: certificat, lieu, identification, date_fin.
    """
    avant = changes or {}
    niveau = impression.dispositif_niveau if impression else s.niveau.libelle if s.niveau else ""
    identification = s.identification.libelle if s.identification else ""
    return [
        Ligne(CHAMPS["niveau_id"], niveau),
        Ligne(CHAMPS["certificat_id"], _certificat(s, impression), avant.get("certificat", "")),
        Ligne(CHAMPS["lieu_type"], s.lieu_type.libelle if s.lieu_type else ""),
        Ligne(CHAMPS["adresse"], impression.lieu if impression else s.lieu, avant.get("lieu", "")),
        Ligne(
            CHAMPS["identification"],
            impression.identification if impression else identification,
            avant.get("identification", ""),
        ),
        Ligne(CHAMPS["date_fin"], format_date(s.date_fin) if s.date_fin else "", avant.get("date_fin", "")),
        Ligne(CHAMPS["formateur_id"], _formateur(s, impression)),
    ]


def _certificat(s: SessionCertification, impression: Impression | None) -> str:
    if impression is not None:
        return str(impression.emission.libelle)
    return s.certificat.libelle if s.certificat else ""


def _formateur(s: SessionCertification, impression: Impression | None) -> str:
    if s.formateur is None:
        return ""
    nom = impression.formateur if impression else nom_affiche(s.formateur.nom, s.formateur.prenom)
    return f"{nom} ({s.formateur.numero})"


def fiche_interne(s: SessionCertification, impression: Impression | None) -> list[tuple[str, str]]:
    """The same for the entité, with what concerns it alone: label and value."""
    choisi = s.nom_commercial.libelle if s.nom_commercial else ""
    nom = impression.emission.nom_commercial if impression else choisi
    lignes = [
        *fiche_session(s, impression),
        *([Ligne(CHAMPS["nom_commercial_id"], nom)] if nom else []),
        Ligne(CHAMPS["reference_interne"], s.reference_interne or ""),
        Ligne(CHAMPS["declarant"], prenom_nom(s.declarant.nom, s.declarant.prenom)),
    ]
    return [(ligne.libelle, ligne.valeur or "—") for ligne in lignes]
