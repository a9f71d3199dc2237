"""MON ENTITÉ and HABILITATION: what the entité is, who speaks for it, and what it may declare. Read-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from certif.domaine.comptes.lectures import entite_de, utilisateurs_de
from certif.domaine.comptes.modeles import Individu, TypeRole
from certif.domaine.libelles import ecrans
from certif.domaine.libelles import entite as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.habilitations import SituationHabilitation, situations
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur
from certif.web.entite.blueprint import bp


@dataclass(frozen=True, slots=True)
class Carte:
    """One habilitation as it is read; `genre` is the shape and colour of its state."""

    titre: str
    numero: str
    genre: str
    etat: str
    periode: str
    details: list[tuple[str, str]]
    possible: str


@bp.get("/informations")
def informations(entite_id: int) -> ResponseReturnValue:
    """Who the entité is; a gestionnaire also reads who the délégataires are."""
    lus = [TypeRole.GESTIONNAIRE]
    if acteur().role is TypeRole.GESTIONNAIRE:
        lus.append(TypeRole.DELEGATAIRE)
    return render_template(
        "entite/informations.html",
        entite=entite_de(entite_id),
        equipe={role: [_personne(i) for i in utilisateurs_de(entite_id, role)] for role in lus},
    )


@bp.get("/habilitations")
def habilitations(entite_id: int) -> ResponseReturnValue:
    """What the entité may declare; what is over stands apart."""
    jour = aujourd_hui()
    toutes = situations(entite_id, jour)
    return render_template(
        "entite/habilitations.html",
        actives=[_carte(s, jour) for s in toutes if s.active],
        passees=[_carte(s, jour) for s in toutes if not s.active],
    )


def _personne(individu: Individu) -> dict[str, str]:
    return {
        "nom": nom_affiche(individu.nom, individu.prenom),
        "numero": individu.numero,
        "email": individu.email or "",
    }


def _carte(s: SituationHabilitation, jour: date) -> Carte:
    h = s.habilitation
    genre, etat = _etat(s, jour)
    details = []
    if h.retrait_le is not None:
        details.append(("Retrait", textes.habilitation_retiree(h.retrait_le)))
    if h.suspensions:
        suspensions = ", ".join(textes.suspension_du(x.debut, x.fin) for x in h.suspensions)
        details.append(("Suspension", suspensions))
    if h.niveau.dispositif.plateforme_requise:
        plateformes = ", ".join(p.libelle for p in s.plateformes) or "Aucune plateforme déclarée"
        details.append(("Plateformes pédagogiques", plateformes))
    declarables = s.fins_declarables
    return Carte(
        titre=h.niveau.libelle,
        numero=h.numero,
        genre=genre,
        etat=etat,
        periode=f"Du {format_date(h.debut)} au {format_date(h.fin)}",
        details=details,
        possible=textes.sessions_declarables(*declarables)
        if declarables
        else textes.AUCUNE_SESSION_DECLARABLE,
    )


def _etat(s: SituationHabilitation, jour: date) -> tuple[str, str]:
    """Shape and words of what it is today."""
    h = s.habilitation
    if s.jours_restants == 0:
        retiree = h.retrait_le is not None and h.retrait_le <= h.fin
        return "neutre", textes.habilitation_retiree(
            h.retrait_le
        ) if retiree and h.retrait_le else ecrans.terminee(s.fin)
    if s.suspension is not None:
        return "danger", textes.habilitation_suspendue(s.suspension.fin)
    if h.debut > jour:
        return "attente", ecrans.a_venir(h.debut)
    return ("attente" if s.jours_restants <= _BIENTOT else "succes"), textes.habilitation_en_vigueur(
        s.jours_restants
    )


_BIENTOT = 60
"""Days left from which a renewal should be on its way."""
