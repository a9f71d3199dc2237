"""INDIVIDUS as the administrateur finds and opens them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from certif.domaine.acteur import Acteur, TypeRole, exiger_administrateur
from certif.domaine.comptes.lectures import en_cours
from certif.domaine.comptes.modeles import Individu, Role
from certif.domaine.comptes.recherche import trouve
from certif.domaine.erreurs import Introuvable
from certif.socle.extensions import db
from certif.socle.pagination import PageDe, Question, paginer

SANS_ROLE = "sans"
"""Criterion of the list: who holds no role today."""


def lister(acteur: Acteur, question: Question) -> PageDe[Individu]:
    """The persons whose names, N° or address hold every word that begins so, with their roles; by name.

    A N° that was merged finds the person who remains. Criteria: `etat`, "" for whoever was not erased,
    "actifs" for who may come in today, "desactives", or "effaces"; `role`, "" for all, a TypeRole held today,
    or SANS_ROLE.

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    requete = select(Individu).where(trouve(question.recherche), Individu.fusionne_dans_id.is_(None))
    match question.criteres.get("etat", ""):
        case "desactives":
            requete = requete.where(Individu.efface_le.is_(None), ~en_cours(Individu))
        case "effaces":
            requete = requete.where(Individu.efface_le.is_not(None))
        case "actifs":
            requete = requete.where(Individu.efface_le.is_(None), en_cours(Individu))
        case _:
            requete = requete.where(Individu.efface_le.is_(None))
    if role := question.criteres.get("role"):
        requete = requete.where(_tient(role))
    compte = requete.with_only_columns(func.count(), maintain_column_froms=True)
    ordres: list[Any] = [Individu.cle_nom, Individu.cle_prenom]
    if question.tri == "connexion":  # whoever never came is the oldest, on both databases
        ordres = [Individu.derniere_connexion.is_not(None), Individu.derniere_connexion]
    ordres = [ordre.desc() if question.decroissant else ordre for ordre in ordres]
    requete = requete.order_by(*ordres, Individu.id)
    return paginer(requete.options(_AVEC_ROLES), question.page, db.session.scalar(compte) or 0)


_AVEC_ROLES = selectinload(Individu.roles).joinedload(Role.entite)


def charger(acteur: Acteur, individu_id: int) -> Individu:
    """One person; of somebody merged, the one who remains.

    Raises:
        Introuvable: nobody, or not an administrateur.
    """
    exiger_administrateur(acteur)
    individu = db.session.get(Individu, individu_id, options=[_AVEC_ROLES])
    if individu is not None and individu.fusionne_dans_id is not None:
        individu = db.session.get(Individu, individu.fusionne_dans_id, options=[_AVEC_ROLES])
    if individu is None:
        raise Introuvable
    return individu


def anciens_numeros(individu: Individu) -> list[str]:
    """The N° of the persons who were found to be this one."""
    requete = select(Individu.numero).filter_by(fusionne_dans_id=individu.id).order_by(Individu.id)
    return list(db.session.scalars(requete))


def _tient(role: str) -> Any:
    tenus = select(Role.individu_id).where(en_cours(Role))
    if role == SANS_ROLE:
        return Individu.id.not_in(tenus)
    return Individu.id.in_(tenus.where(Role.type == TypeRole(role)))
