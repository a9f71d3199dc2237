"""A demande's timeline, the same for both sides; and what changed since a stale form was shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.modeles import EvenementDemande
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.temps import format_heure
from certif.socle.base.extensions import db


@dataclass(frozen=True)
class LigneChronologie:
    """One line of the timeline."""

    action: str
    quand: datetime
    texte: str
    commentaire: str


def chronologie(demande_id: int) -> list[LigneChronologie]:
    """The moves, newest first; savings are left out."""
    requete = (
        select(EvenementDemande)
        .where(EvenementDemande.demande_id == demande_id, EvenementDemande.action != Action.ENREGISTRER.value)
        .options(joinedload(EvenementDemande.acteur))
        .order_by(EvenementDemande.id.desc())
    )
    return [
        LigneChronologie(e.action, e.quand, textes.acte(e.action, _qui(e)), e.commentaire)
        for e in db.session.scalars(requete)
    ]


def changements_depuis(demande_id: int, version: int) -> list[str]:
    """What happened since this version, in sentences, oldest first, at most twenty."""
    requete = (
        select(EvenementDemande)
        .where(EvenementDemande.demande_id == demande_id, EvenementDemande.version_avant >= version)
        .options(joinedload(EvenementDemande.acteur))
        .order_by(EvenementDemande.id)
        .limit(20)
    )
    return [
        textes.changement(textes.acte(e.action, _qui(e)), e.detail, format_heure(e.quand))
        for e in db.session.scalars(requete)
    ]


def _qui(e: EvenementDemande) -> str:
    return nom_affiche(e.acteur.nom, e.acteur.prenom)
