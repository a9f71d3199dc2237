"""The tab "Session" of the formateur: what the entité declared, read-only, and what changed in it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for

from certif.domaine.libelles.ecrans import CHAMPS, IDENTIFICATIONS, LIEUX, ONGLETS
from certif.domaine.libelles.formateur import a_change, modifie
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.relecture import Relecture, relecture
from certif.domaine.temps import format_date
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp
from certif.web.formateur.chargement import charger_session
from certif.web.sessions.cadre import Onglet, cadre


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of the session; `change` says what it was when the formateur last read it."""

    libelle: str
    valeur: str
    change: str = ""


def onglets(numero: int, actif: str) -> list[Onglet]:
    """The two tabs of the formateur."""
    return [
        Onglet(ONGLETS[nom], url_for(f"formateur.{nom}", numero=numero), nom == actif)
        for nom in ("session", "stagiaires")
    ]


@bp.get("/sessions/<int:numero>")
def session(numero: int) -> str:
    """What the formateur checks before the trainees."""
    session_certif = charger_session(acteur(), numero)
    relue = relecture(session_certif)
    return render_template(
        "formateur/session.html",
        cadre=cadre(session_certif, acteur(), onglets(numero, "session")),
        lignes=lignes(session_certif, relue),
        a_change=annonce(relue),
    )


def annonce(relue: Relecture) -> str:
    """How much changed since the last reading, in words; "" when nothing did."""
    d = relue.differences
    return a_change(len(d.champs), len(d.stagiaires), d.retires) if d else ""


def lignes(s: SessionCertification, relue: Relecture) -> list[Ligne]:
    """The lines of the source's screen, in its order."""
    avant = {champ: _marque(champ, valeur) for champ, valeur in relue.differences.champs.items()}
    formateur = (
        f"{nom_affiche(s.formateur.nom, s.formateur.prenom)} ({s.formateur.numero})" if s.formateur else ""
    )
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
        Ligne(CHAMPS["formateur_id"], formateur),
    ]


def _marque(champ: str, avant: str) -> str:
    """What a snapshot's value said, as the screen showed it."""
    if champ == "identification" and avant:
        return modifie(IDENTIFICATIONS[avant])
    if champ == "date_fin" and avant:
        return modifie("/".join(reversed(avant.split("-"))))
    return modifie(avant)
