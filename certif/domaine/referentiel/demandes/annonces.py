"""Who is told what by mail: each announcement is a row, written with the move that causes it."""

from sqlalchemy import select

from certif.domaine.comptes.lectures import en_cours
from certif.domaine.comptes.modeles import Individu, Role, TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.libelles import demandes as textes
from certif.domaine.libelles.courriers import corps
from certif.domaine.referentiel.demandes.etats import EtatDemande
from certif.domaine.referentiel.modeles_demandes import Demande
from certif.socle.adresses import adresse
from certif.socle.extensions import db


def annoncer_aux_administrateurs(demande: Demande) -> None:
    """After a move of the entité: transmitted, or withdrawn."""
    phrase = textes.courrier_administrateur(
        demande.etat.value, demande.entite.raison_sociale, demande.niveau.libelle
    )
    _annoncer(demande, TypeRole.ADMINISTRATEUR, None, phrase, f"/administration/demandes/{demande.id}")


def annoncer_a_l_entite(demande: Demande) -> None:
    """After a move of the administrateur: to be completed, accepted or refused."""
    phrase = textes.courrier_entite(demande.etat.value, demande.niveau.libelle)
    chemin = f"/entite/{demande.entite_id}/demandes/{demande.id}"
    _annoncer(demande, TypeRole.GESTIONNAIRE, demande.entite_id, phrase, chemin)


def _annoncer(demande: Demande, role: TypeRole, entite_id: int | None, phrase: str, chemin: str) -> None:
    sujet = textes.sujet(demande.niveau.libelle, demande.etat.value)
    evenement = f"demande-{demande.id}-v{demande.version}-{EtatDemande(demande.etat).value}"
    presents = (
        select(Role.individu_id)
        .join(Role.individu)
        .where(Role.type == role, Role.entite_id == entite_id, en_cours(Role), en_cours(Individu))
        .order_by(Role.individu_id)
    )
    for destinataire_id in list(db.session.scalars(presents)):
        ecrire(evenement, destinataire_id, sujet, corps(phrase, adresse(chemin)))
