"""Who may see which demande: every query on demandes starts here, so that loading is authorising."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.modeles import Demande, PieceJointe
from certif.domaine.erreurs import Introuvable, PartieIntrouvable
from certif.domaine.libelles.demandes.demandes import PIECE_RETIREE
from certif.domaine.personnes.modeles import Entite, Role
from certif.domaine.personnes.titulaires import titulaires
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir
from certif.socle.horloge import aujourd_hui


def visible_de(acteur: Acteur) -> ColumnElement[bool]:
    """A gestionnaire sees the entité's demandes; an administrateur those that were transmitted once."""
    if acteur.role is TypeRole.GESTIONNAIRE:
        return Demande.entite_id == acteur.entite_id
    if acteur.role is TypeRole.ADMINISTRATEUR:
        return Demande.etat != EtatDemande.BROUILLON
    return false()


def empechee(jour: date) -> ColumnElement[bool]:
    """SQL condition: nobody of its entité can act, which is suspended or has no gestionnaire (R16)."""
    suspendue = select(Entite.id).where(
        Entite.id == Demande.entite_id, Entite.suspendue_le.is_not(None), Entite.suspendue_le <= jour
    )
    gestionnaire = titulaires(TypeRole.GESTIONNAIRE, jour=jour).where(Role.entite_id == Demande.entite_id)
    return suspendue.exists() | ~gestionnaire.exists()


def est_empechee(demande: Demande) -> bool:
    """The same, of one demande."""
    return (
        db.session.scalar(select(Demande.id).where(Demande.id == demande.id, empechee(aujourd_hui())))
        is not None
    )


def charger(acteur: Acteur, demande_id: int, *options: Any, verrou: bool = False) -> Demande:
    """Load one demande within what the actor may see, locked for writing when `verrou`.

    Raises:
        Introuvable: no such demande for this actor.
    """
    requete = select(Demande).where(Demande.id == demande_id, visible_de(acteur)).options(*options)
    if verrou:
        requete = tenir(requete, Demande)
    demande = db.session.scalars(requete).one_or_none()
    if demande is None:
        raise Introuvable
    return demande


def charger_piece(acteur: Acteur, demande_id: int, piece_id: int) -> PieceJointe:
    """One file of one demande that the actor may see.

    Raises:
        Introuvable: no such demande for this actor, or no such file in it.
    """
    charger(acteur, demande_id)
    requete = select(PieceJointe).filter_by(id=piece_id, demande_id=demande_id)
    piece = db.session.scalars(requete).one_or_none()
    if piece is None:
        raise PartieIntrouvable(PIECE_RETIREE)
    return piece
