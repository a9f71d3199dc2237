"""The models that are offered, and listed."""

from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.modeles_gardes.portee import visibles_de
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, Question, paginer

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
    return paginer(requete.order_by(ModeleGarde.servi_le.desc(), ModeleGarde.id.desc()), question.place)
