"""Who may see which demande: every query on demandes starts here, so that loading is authorising."""

from typing import Any

from sqlalchemy import ColumnElement, false, select

from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.modeles import TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.referentiel.demandes.etats import EtatDemande
from certif.domaine.referentiel.modeles_demandes import Demande, PieceJointe
from certif.socle.extensions import db


def visible_de(acteur: Acteur) -> ColumnElement[bool]:
    """A gestionnaire sees the entité's demandes; an administrateur those that were transmitted once."""
    if acteur.role is TypeRole.GESTIONNAIRE:
        return Demande.entite_id == acteur.entite_id
    if acteur.role is TypeRole.ADMINISTRATEUR:
        return Demande.etat != EtatDemande.BROUILLON
    return false()


def charger(acteur: Acteur, demande_id: int, *options: Any, verrou: bool = False) -> Demande:
    """Load one demande within what the actor may see, locked for writing when `verrou`.

    Raises:
        Introuvable: no such demande for this actor.
    """
    requete = select(Demande).where(Demande.id == demande_id, visible_de(acteur)).options(*options)
    if verrou:
        requete = requete.with_for_update(of=Demande).execution_options(populate_existing=True)
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
        raise Introuvable
    return piece
