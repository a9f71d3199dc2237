"""The models that are offered, listed and recalled."""

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from certif.domaine.acteur import Acteur
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.modeles_gardes.portee import visibles_de
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, Question, paginer

MEMOIRE_DU_RAPPEL = timedelta(days=31)
"""How long a recall that could not be said stays worth saying."""
PROPOSES = 4
"""How many *Nouvelle session* offers in one tap; the page of the models has them all."""

_AFFICHES = (
    joinedload(ModeleGarde.niveau),
    joinedload(ModeleGarde.certificat),
    joinedload(ModeleGarde.formateur),
    joinedload(ModeleGarde.auteur),
)


def proposes(acteur: Acteur) -> list[ModeleGarde]:
    """The models that the actor used or kept last."""
    requete = visibles_de(acteur).order_by(ModeleGarde.servi_le.desc(), ModeleGarde.id.desc())
    return list(db.session.scalars(requete.limit(PROPOSES)))


def lister(acteur: Acteur, question: Question) -> PageDe[ModeleGarde]:
    """The actor's models, the last used first."""
    requete = visibles_de(acteur).options(*_AFFICHES)
    return paginer(requete.order_by(ModeleGarde.servi_le.desc(), ModeleGarde.id.desc()), question.page)


def modeles_a_rappeler(jour: date) -> list[ModeleGarde]:
    """The models whose « Rappel MAC » is this day or was in the month before, whether it was said or not.

    Of the entités that can declare that day, the oldest first.
    """
    requete = (
        select(ModeleGarde)
        .join(ModeleGarde.entite)
        .where(ModeleGarde.rappele_le <= jour, ModeleGarde.rappele_le > jour - MEMOIRE_DU_RAPPEL)
        .where(or_(Entite.suspendue_le.is_(None), Entite.suspendue_le > jour))
        .options(contains_eager(ModeleGarde.entite), *_AFFICHES)
        .order_by(ModeleGarde.rappele_le, ModeleGarde.id)
    )
    return list(db.session.scalars(requete))
