"""What changed since a formateur was last asked, and which answers they can take back (R5)."""

from dataclasses import dataclass, field
from typing import Any

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Soumission
from certif.domaine.sessions.retour import dernieres_soumissions

Identite = tuple[str, str, str]
"""Nom, prénom and birth date (ISO) of a trainee, exactly as typed."""
CHAMPS = ("certificat", "lieu", "identification", "date_fin")


@dataclass(frozen=True)
class Differences:
    """What changed from one submission to a later one.

    `champs`: the fields that changed, with what they held. `stagiaires`: the trainees who were not there as
    they are now, with the identity that they had, or None for someone new. `retires`: how many are gone.
    """

    champs: dict[str, str] = field(default_factory=dict)
    stagiaires: dict[Identite, Identite | None] = field(default_factory=dict)
    retires: int = 0

    def __bool__(self) -> bool:
        return bool(self.champs or self.stagiaires or self.retires)


@dataclass(frozen=True)
class Relecture:
    """`reprenables` lists the trainees, by id, whose previous answer still holds.

    `refusees`: by trainee, the values that the formateur proposed last time and the entité did not take.
    """

    differences: Differences = field(default_factory=Differences)
    reprenables: frozenset[int] = frozenset()
    refusees: dict[Identite, list[str]] = field(default_factory=dict)


def relecture(session_certif: SessionCertification) -> Relecture:
    """What changed since this very formateur was last asked; nothing when they never were, or are done."""
    if session_certif.etat is not Etat.VALIDATION_FORMATEUR:
        return Relecture()
    soumissions = dernieres_soumissions(session_certif)
    if len(soumissions) < 2 or soumissions[1].formateur_id != session_certif.formateur_id:
        return Relecture()
    derniere, precedente = soumissions
    reprises = [tuple(r["identite"]) for r in reponses_reprenables(session_certif, precedente)]
    return Relecture(
        comparer(precedente.instantane, derniere.instantane),
        frozenset(s.id for s in session_certif.stagiaires if tuple(s.identite) in reprises),
        {_identite(r["identite"]): r["valeurs"] for r in derniere.instantane.get("refusees", ())},
    )


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
    presents = [_identite(parties) for parties in apres["stagiaires"]]
    partis = [i for i in map(_identite, avant["stagiaires"]) if i not in presents]
    connus = {_identite(parties) for parties in avant["stagiaires"]}
    stagiaires: dict[Identite, Identite | None] = {}
    for identite in presents:
        if identite not in connus:
            ancienne = next((parti for parti in partis if _proches(parti, identite)), None)
            if ancienne is not None:
                partis.remove(ancienne)
            stagiaires[identite] = ancienne
    champs = {champ: avant[champ] for champ in CHAMPS if avant[champ] != apres[champ]}
    return Differences(champs, stagiaires, len(partis))


def _identite(parties: list[str]) -> Identite:
    nom, prenom, naissance = parties
    return nom, prenom, naissance


def _proches(une: Identite, autre: Identite) -> bool:
    """Whether one reads as a correction of the other: two parts out of three are the same."""
    return sum(a == b for a, b in zip(une, autre, strict=True)) == 2


def reponses_reprenables(
    session_certif: SessionCertification, precedente: Soumission | None
) -> list[dict[str, Any]]:
    """Answers of the previous submission that still hold: same formateur, certificat, F and identity."""
    return _qui_tient(session_certif, precedente, precedente.reponses if precedente else None)


def brouillons_reprenables(
    session_certif: SessionCertification, precedente: Soumission | None
) -> list[dict[str, Any]]:
    """The same of corrections that were never sent: `identite`, `champ`, `valeur`."""
    brouillons = precedente.instantane.get("brouillons") if precedente else None
    return _qui_tient(session_certif, precedente, brouillons)


def _qui_tient(
    session_certif: SessionCertification, precedente: Soumission | None, gardees: list[dict[str, Any]] | None
) -> list[dict[str, Any]]:
    if precedente is None or not gardees:
        return []
    memes = (
        precedente.formateur_id == session_certif.formateur_id
        and precedente.certificat_id == session_certif.certificat_id
        and precedente.date_fin == session_certif.date_fin
    )
    presentes = [stagiaire.identite for stagiaire in session_certif.stagiaires]
    return [gardee for gardee in gardees if memes and gardee["identite"] in presentes]
