"""What the formateur proposes, read against the session as it stands (R5)."""

from datetime import date
from typing import Any

from certif.domaine.noms import majuscules
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.regles import retouches
from certif.domaine.sessions.valeurs import GenreProposition
from certif.domaine.temps import format_date


def valeurs_de_la_session(session_certif: SessionCertification) -> dict[str, str]:
    """The fields that can be proposed, as the formateur reads them; the date in ISO."""
    s = session_certif
    return {
        "certificat": s.certificat.libelle if s.certificat else "",
        "lieu": s.lieu,
        "identification": s.identification.libelle if s.identification else "",
        "date_fin": s.date_fin.isoformat() if s.date_fin else "",
    }


def est_faite(session_certif: SessionCertification, proposition: Proposition) -> bool:
    """Whether what it asks for stands now."""
    champs = valeurs_de_la_session(session_certif) if proposition.genre is GenreProposition.SESSION else {}
    return retouches.faite(proposition, session_certif.stagiaires, champs)


def en_attente(session_certif: SessionCertification) -> list[Proposition]:
    """The corrections of trainees that do not stand yet."""
    return [
        p
        for p in session_certif.propositions
        if p.genre is GenreProposition.CORRIGER and not est_faite(session_certif, p)
    ]


def corriges_sur_proposition(session_certif: SessionCertification) -> set[int]:
    """The trainees, by id, whose identity stands as the formateur proposed it: the procès-verbal says so."""
    return {
        stagiaire.id
        for p in session_certif.propositions
        if p.genre is GenreProposition.CORRIGER and est_faite(session_certif, p)
        if (stagiaire := retouches.visee(p, session_certif.stagiaires)) is not None
    }


def lisible(champ: str, valeur: str) -> str:
    """A value as screens show it."""
    if champ == "nom":
        return majuscules(valeur)
    return format_date(date.fromisoformat(valeur)) if champ.startswith("date_") and valeur else valeur


def oublier_les_brouillons(session_certif: SessionCertification) -> list[dict[str, Any]]:
    """Drop what was proposed and never sent, and give it back; what stands is the procès-verbal's to tell."""
    attendues = en_attente(session_certif)
    session_certif.propositions = [p for p in session_certif.propositions if p not in attendues]
    return [
        {"identite": stagiaire.identite, "champ": p.champ, "valeur": p.valeur}
        for p in attendues
        if (stagiaire := retouches.visee(p, session_certif.stagiaires)) is not None
    ]


def ne_garder_que_l_acquis(session_certif: SessionCertification) -> list[dict[str, Any]]:
    """At a submission: what the entité did not do is refused; what it did is the procès-verbal's to tell.

    Gives the corrections that were refused, by `identite` of the trainee, with their `valeurs` as shown.
    """
    refusees: dict[int, dict[str, Any]] = {}
    for p in en_attente(session_certif):
        if (stagiaire := retouches.visee(p, session_certif.stagiaires)) is not None:
            dite = refusees.setdefault(stagiaire.id, {"identite": stagiaire.identite, "valeurs": []})
            dite["valeurs"].append(lisible(p.champ, p.valeur))
    session_certif.propositions = [
        p
        for p in session_certif.propositions
        if p.genre is GenreProposition.CORRIGER and est_faite(session_certif, p)
    ]
    return list(refusees.values())
