"""The entités that issued certificates under another raison sociale than today's: for the administrateur.

Nothing is kept of it: the register and the entités say it, whatever is renamed, or named back.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.entites import entites
from certif.domaine.entites.entites import LigneEntite
from certif.domaine.noms import mots
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, Question

RENOMMEES = "renommees"
"""The value of the criterion `etat` that leaves only these."""


@dataclass(frozen=True, slots=True)
class NomImprime:
    """A former raison sociale: how many certificates print it, of sessions that ended between which days."""

    raison_sociale: str
    certificats: int
    du: date
    au: date


def lister(acteur: Acteur, question: Question) -> PageDe[LigneEntite]:
    """As `entites.lister`, which it asks; the criterion `etat` may also be RENOMMEES. Raises Introuvable."""
    renommees = question.criteres.get("etat") == RENOMMEES
    return entites.lister(acteur, question, _renommee() if renommees else None)


def anciens_noms(entite: Entite) -> list[NomImprime]:
    """What its issued certificates print, where it is not today's raison sociale; the oldest first."""
    ligne = LigneRegistre
    debut = func.min(ligne.date_fin)
    requete = (
        select(ligne.raison_sociale, func.count(), debut, func.max(ligne.date_fin))
        .where(
            ligne.entite_id == entite.id,
            or_(ligne.raison_sociale < entite.raison_sociale, ligne.raison_sociale > entite.raison_sociale),
            ligne.emise(),
        )
        .group_by(ligne.raison_sociale)
        .order_by(debut, ligne.raison_sociale)
    )
    return [NomImprime(*trouve) for trouve in db.session.execute(requete)]


def imprimes_sous(cherches: list[str]) -> list[tuple[int, str]]:
    """Former raisons sociales in which each of these words begins one: of which entité, and as printed."""
    ligne = LigneRegistre
    # First who they are, few among all: the register is not read for the others.
    renommees = db.session.scalars(select(Entite.id).where(_renommee())).all()
    requete = (
        select(ligne.entite_id, ligne.raison_sociale)
        .join(Entite)
        .where(ligne.entite_id.in_(renommees), ligne.raison_sociale != Entite.raison_sociale)
        .distinct()
    )
    return [
        (entite_id, nom)
        for entite_id, nom in db.session.execute(requete)
        if all(any(mot.startswith(cherche) for mot in mots(nom)) for cherche in cherches)
    ]


def _renommee() -> ColumnElement[bool]:
    """Of an entité; two bounds rather than a difference, which the index of the register would not help."""
    ligne = aliased(LigneRegistre)
    du_meme = exists().where(ligne.entite_id == Entite.id, ligne.emise())
    return or_(
        du_meme.where(ligne.raison_sociale < Entite.raison_sociale),
        du_meme.where(ligne.raison_sociale > Entite.raison_sociale),
    )
