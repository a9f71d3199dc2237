"""MES QUALIFICATIONS: what the formateur may certify, until when, and what an end would block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template

from certif.domaine.libelles import formateur as textes
from certif.domaine.referentiel.lectures import qualifications_de
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import en_saisie
from certif.domaine.sessions.qualifications import sessions_bloquees
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp

URGENT = 30


@dataclass(frozen=True, slots=True)
class Ligne:
    """One qualification; `genre` is the hue of its state, which `etat` says in words."""

    qualification: Qualification
    genre: str
    etat: str
    conseil: str
    bloque: str
    sessions: list[tuple[SessionCertification, bool]]


@bp.get("/qualifications")
def qualifications() -> str:
    """The qualifications in force first, the next to end on top, then those of the past."""
    detenues = qualifications_de(acteur().individu_id)
    bloquees = sessions_bloquees(acteur(), detenues)
    jour = aujourd_hui()
    lignes = [_ligne(q, bloquees.get(q.id, []), jour) for q in detenues]
    return render_template(
        "formateur/qualifications.html",
        en_vigueur=[ligne for ligne in lignes if ligne.qualification.fin >= jour],
        passees=[ligne for ligne in reversed(lignes) if ligne.qualification.fin < jour],
        aucune=textes.AUCUNE_QUALIFICATION,
        aide=textes.OU_VIENNENT_LES_QUALIFICATIONS,
    )


def _ligne(q: Qualification, bloquees: list[SessionCertification], jour: date) -> Ligne:
    genre, etat, conseil = _etat(q, jour)
    return Ligne(
        qualification=q,
        genre=genre,
        etat=etat,
        conseil=conseil,
        bloque=textes.bloque(len(bloquees)) if bloquees else "",
        sessions=[(s, not en_saisie(s)) for s in bloquees],
    )


def _etat(q: Qualification, jour: date) -> tuple[str, str, str]:
    if q.fin < jour:
        return "neutre", textes.terminee(q.fin), ""
    if q.debut > jour:
        return "neutre", textes.a_venir(q.debut), ""
    jours = (q.fin - jour).days
    conseil = textes.renouveler(jours, q.fin)
    genre = "succes" if not conseil else "danger" if jours <= URGENT else "attente"
    return genre, textes.reste(jours), conseil
