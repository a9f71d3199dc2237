"""HABILITATION: what the entité may declare, until when, and the renewal to ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.demandes.lectures import demandes_ouvertes
from certif.domaine.demandes.modeles import Demande
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.referentiel import habilitations as textes
from certif.domaine.sessions.droits.habilitations import SituationHabilitation, situations
from certif.domaine.sessions.regles import preavis
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur, acteur_peut_ecrire
from certif.web.entite.blueprint import bp
from certif.web.entite.demandes.listes import OuEnEst, ou_en_est

_GENRES = {None: "succes", 90: "attente", 60: "attente", 30: "danger"}
"""The hue of what is in force, by the nearest threshold of its end."""


@dataclass(frozen=True, slots=True)
class Carte:
    """One habilitation as it is read; `genre` is the hue of its state; `demande` is where to ask again.

    `demandee`: what was asked already and is not decided.
    """

    titre: str
    dispositif: str
    numero: str
    genre: str
    etat: str
    periode: str
    details: list[tuple[str, str]]
    possible: str
    conseil: str
    demande: str
    demandee: OuEnEst | None


@bp.get("/habilitations")
def habilitations(entite_id: int) -> ResponseReturnValue:
    """What the entité may declare; what is over stands apart."""
    jour = aujourd_hui()
    toutes = situations(entite_id, jour)
    gestionnaire = acteur().role is TypeRole.GESTIONNAIRE
    ouvertes = demandes_ouvertes(entite_id) if gestionnaire else {}
    return render_template(
        "entite/habilitations.html",
        actives=[_carte(s, jour, ouvertes) for s in toutes if s.active],
        passees=[_carte(s, jour, ouvertes) for s in toutes if not s.active],
    )


def _carte(s: SituationHabilitation, jour: date, ouvertes: Mapping[int, Demande]) -> Carte:
    h = s.habilitation
    genre, etat = _etat(s, jour)
    declarables = s.fins_declarables
    ouverte = ouvertes.get(h.niveau_id)
    return Carte(
        titre=h.niveau.libelle,
        dispositif=h.niveau.dispositif.libelle,
        numero=h.numero,
        genre=genre,
        etat=etat,
        periode=f"Du {format_date(h.debut)} au {format_date(h.fin)}",
        details=_details(s),
        possible=textes.sessions_declarables(*declarables)
        if declarables
        else textes.AUCUNE_SESSION_DECLARABLE,
        conseil=_conseil(s, jour) if ouverte is None else "",
        demande=_adresse_de_la_demande(s, jour) if s.relais_jusqu_au is None and ouverte is None else "",
        demandee=ou_en_est(ouverte) if ouverte else None,
    )


def _details(s: SituationHabilitation) -> list[tuple[str, str]]:
    h = s.habilitation
    details = []
    if h.retrait_le is not None:
        details.append(("Retrait", textes.habilitation_retiree(h.retrait_le)))
    if h.suspensions:
        suspensions = ", ".join(textes.suspension_du(x.debut, x.fin) for x in h.suspensions)
        details.append(("Suspension", suspensions))
    if h.niveau.dispositif.plateforme_requise:
        plateformes = ", ".join(p.libelle for p in s.plateformes) or "Aucune plateforme déclarée"
        details.append(("Plateformes pédagogiques", plateformes))
    return details


def _conseil(s: SituationHabilitation, jour: date) -> str:
    """What its end asks for; "" while it is far, or over, or where nothing can be asked any more."""
    seuil = preavis.seuil(s.fin, jour)
    if seuil is None or s.habilitation.niveau.dispositif.archive_le is not None:
        return ""
    if s.relais_jusqu_au is not None:
        return textes.habilitation_renouvelee(s.relais_jusqu_au)
    return textes.demander_le_renouvellement(seuil, s.fin)


def _adresse_de_la_demande(s: SituationHabilitation, jour: date) -> str:
    """Where a gestionnaire asks for the renewal of what ends soon, or just did; "" for everybody else."""
    bientot = s.jours_restants < 0 or preavis.seuil(s.fin, jour) is not None
    h = s.habilitation
    permis = acteur().role is TypeRole.GESTIONNAIRE and acteur_peut_ecrire()
    if not (bientot and permis) or h.niveau.dispositif.archive_le is not None:
        return ""
    return url_for("entite.nouvelle_demande", entite_id=h.entite_id, niveau=h.niveau_id)


def _etat(s: SituationHabilitation, jour: date) -> tuple[str, str]:
    """Hue and words of what it is today."""
    h = s.habilitation
    if s.jours_restants < 0:
        retiree = h.retrait_le is not None and h.retrait_le <= h.fin
        return "neutre", textes.habilitation_retiree(
            h.retrait_le
        ) if retiree and h.retrait_le else ecrans.terminee(s.fin)
    if s.suspension is not None:
        return "danger", textes.habilitation_suspendue(s.suspension.fin)
    if h.debut > jour:
        return "attente", ecrans.a_venir(h.debut)
    seuil = None if s.relais_jusqu_au else preavis.seuil(s.fin, jour)
    return _GENRES[seuil], textes.habilitation_en_vigueur(s.fin, jour)
