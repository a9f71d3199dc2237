"""The session's timeline: who did what, when; and what changed since a stale form was shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.domaine.libelles.sessions import chronologie as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import Evenement
from certif.domaine.temps import format_heure
from certif.socle.base.extensions import db

SANS_LIGNE = (Action.ENREGISTRER.value, Action.ENREGISTRER_RESULTATS.value)
"""What the timeline leaves out: what was saved, without a move."""


@dataclass(frozen=True)
class LigneChronologie:
    """One line of the timeline."""

    quand: datetime
    texte: str
    commentaire: str | None


def chronologie(numero: int) -> list[LigneChronologie]:
    """The session's moves, newest first; savings without a move are left out."""
    requete = (
        select(Evenement)
        .filter_by(session_numero=numero)
        .where(Evenement.action.not_in(SANS_LIGNE))
        .options(joinedload(Evenement.acteur))
        .order_by(Evenement.id.desc())
    )
    evenements = list(db.session.scalars(requete))
    noms, auteurs = _a_qui(evenements), _auteurs(evenements)
    return [
        LigneChronologie(
            e.quand,
            textes.ligne(_phrase(e, noms, auteurs), textes.precision(e.action, e.detail)),
            e.commentaire,
        )
        for e in evenements
    ]


def changements_depuis(numero: int, version: int) -> list[str]:
    """What happened to the session since this version, in sentences, oldest first, at most twenty."""
    requete = (
        select(Evenement)
        .where(Evenement.session_numero == numero, Evenement.version_avant >= version)
        .options(joinedload(Evenement.acteur))
        .order_by(Evenement.id)
        .limit(20)
    )
    evenements = list(db.session.scalars(requete))
    noms, auteurs = _a_qui(evenements), _auteurs(evenements)
    return [
        textes.changement(
            _phrase(e, noms, auteurs), textes.precision(e.action, e.detail), format_heure(e.quand)
        )
        for e in evenements
    ]


def _a_qui(evenements: list[Evenement]) -> dict[str, str]:
    """By N° Forprev, all that a line keeps of them, the names of those to whom the session was entrusted."""
    numeros = {e.detail for e in evenements if e.action == Action.CONFIER}
    if not numeros:
        return {}
    individus = db.session.scalars(select(Individu).where(Individu.numero.in_(numeros)))
    return {i.numero: nom_affiche(i.nom, i.prenom) for i in individus}


def _auteurs(evenements: list[Evenement]) -> dict[int, str]:
    """By acceptance of corrections, who had sent them: the formateur of then, whoever it is now.

    Nobody where the sending is not among these.
    """
    auteurs, dernier = {}, ""
    for e in sorted(evenements, key=lambda e: e.id):
        if e.action == Action.ENVOYER_RESULTATS and e.acteur:
            dernier = nom_affiche(e.acteur.nom, e.acteur.prenom)
        elif e.action == Action.ACCEPTER_CORRECTIONS:
            auteurs[e.id] = dernier
    return auteurs


def _phrase(evenement: Evenement, noms: dict[str, str], auteurs: dict[int, str]) -> str:
    qui = nom_affiche(evenement.acteur.nom, evenement.acteur.prenom) if evenement.acteur else ""
    detail = noms.get(evenement.detail, evenement.detail)
    return textes.phrase(evenement.action, qui, detail, auteurs.get(evenement.id, ""))
