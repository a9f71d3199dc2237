"""MES QUALIFICATIONS: what the formateur may certify, until when, and what an end would block."""

from dataclasses import dataclass
from datetime import date

from flask import render_template

from certif.domaine.libelles import ecrans
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.libelles.typographie import francais
from certif.domaine.referentiel.lectures import qualifications_de
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.droits.qualifications import relais_de, sessions_bloquees
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import en_saisie
from certif.domaine.sessions.regles import preavis
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp

GENRES = {None: "succes", 90: "attente", 60: "attente", 30: "danger"}
"""The hue of what is in force, by the nearest threshold of its end."""
_AUCUNE_QUALIFICATION = francais("Aucune qualification enregistrée")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One qualification; `genre` is the hue of its state, which `etat` says in words.

    `fin` is its last day, withdrawal counted; the one that was foreseen when it never counted.
    """

    qualification: Qualification
    fin: date
    genre: str
    etat: str
    conseil: str
    bloque: str
    sessions: list[tuple[SessionCertification, bool]]
    passee: bool


@bp.get("/qualifications")
def qualifications() -> str:
    """Those in force or that block a session, the next to end on top; then, apart, those of the past."""
    detenues = qualifications_de(acteur().individu_id)
    bloquees = sessions_bloquees(acteur(), detenues)
    jour = aujourd_hui()
    suites = relais_de(detenues)
    lignes = [_ligne(q, bloquees.get(q.id, []), suites[q.id], jour) for q in detenues]
    return render_template(
        "formateur/qualifications.html",
        actuelles=[ligne for ligne in lignes if not ligne.passee],
        passees=[ligne for ligne in reversed(lignes) if ligne.passee],
        aucune=_AUCUNE_QUALIFICATION,
        aide=textes.OU_VIENNENT_LES_QUALIFICATIONS,
    )


def _ligne(q: Qualification, bloquees: list[SessionCertification], suite: date | None, jour: date) -> Ligne:
    genre, etat, conseil = _etat(q, suite, jour, bool(bloquees))
    return Ligne(
        qualification=q,
        fin=q.dernier_jour if q.debut <= q.dernier_jour else q.fin,
        genre=genre,
        etat=etat,
        conseil=conseil,
        bloque=textes.bloque(len(bloquees)) if bloquees else "",
        sessions=[(s, not en_saisie(s)) for s in bloquees],
        passee=_finie(q, jour) and not bloquees,
    )


def _finie(q: Qualification, jour: date) -> bool:
    return q.dernier_jour < max(jour, q.debut)


def _etat(q: Qualification, suite: date | None, jour: date, bloquante: bool) -> tuple[str, str, str]:
    if _finie(q, jour):
        retiree = q.retrait_le is not None and q.dernier_jour < q.fin
        dit = ecrans.retiree(q.retrait_le) if q.retrait_le and retiree else ecrans.terminee(q.fin)
        return "danger" if bloquante else "neutre", dit, ""
    if q.debut > jour:
        return "neutre", ecrans.a_venir(q.debut), ""
    seuil = preavis.seuil(q.dernier_jour, jour)
    reste = textes.reste(q.dernier_jour, jour)
    if seuil is not None and suite is not None:
        return GENRES[None], reste, textes.renouvelee(suite)
    return GENRES[seuil], reste, textes.renouveler(seuil, q.dernier_jour) if seuil else ""
