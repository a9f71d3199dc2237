"""What the formateur saw at a submission, compared with what stands now (R5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from certif.domaine.sessions.modeles import SessionCertification, Soumission

CHAMPS = {
    "certificat": "certificat",
    "lieu": "lieu de formation",
    "identification": "identification",
    "date_fin": "date de fin de session",
}


@dataclass(frozen=True)
class Differences:
    """What changed since the previous submission: field names, and the identities of new trainees."""

    champs: list[str] = field(default_factory=list)
    nouveaux: list[list[str]] = field(default_factory=list)
    retires: int = 0

    def __bool__(self) -> bool:
        return bool(self.champs or self.nouveaux or self.retires)

    def est_nouveau(self, identite: list[str]) -> bool:
        return identite in self.nouveaux


def photographier(session_certif: SessionCertification) -> dict[str, Any]:
    """The session as the formateur is asked to confirm it."""
    return {
        "certificat": session_certif.certificat.libelle if session_certif.certificat else "",
        "lieu": session_certif.lieu,
        "identification": str(session_certif.identification or ""),
        "date_fin": session_certif.date_fin.isoformat() if session_certif.date_fin else "",
        "stagiaires": [stagiaire.identite for stagiaire in session_certif.stagiaires],
    }


def comparer(avant: dict[str, Any], apres: dict[str, Any]) -> Differences:
    """Differences from one snapshot to a later one."""
    return Differences(
        champs=[libelle for champ, libelle in CHAMPS.items() if avant[champ] != apres[champ]],
        nouveaux=[identite for identite in apres["stagiaires"] if identite not in avant["stagiaires"]],
        retires=sum(identite not in apres["stagiaires"] for identite in avant["stagiaires"]),
    )


def reponses_reprenables(
    session_certif: SessionCertification, precedente: Soumission | None
) -> list[dict[str, Any]]:
    """Answers of the previous submission that still hold: same formateur, certificat, F and identity."""
    if precedente is None or not precedente.reponses:
        return []
    memes = (
        precedente.formateur_id == session_certif.formateur_id
        and precedente.certificat_id == session_certif.certificat_id
        and precedente.date_fin == session_certif.date_fin
    )
    presentes = [stagiaire.identite for stagiaire in session_certif.stagiaires]
    return [r for r in precedente.reponses if memes and r["identite"] in presentes]
