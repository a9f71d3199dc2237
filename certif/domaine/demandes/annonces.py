"""Who is told what by mail: each announcement is a row, written with the move that causes it."""

from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.demandes.identite import OBJET
from certif.domaine.personnes.titulaires import presents
from certif.socle.adresses import adresse


def annoncer_aux_administrateurs(demande: Demande) -> None:
    """After a move of the entité: transmitted, or withdrawn."""
    phrase = textes.courrier_administrateur(
        demande.etat.value, demande.entite.raison_sociale, objet_de(demande)
    )
    _annoncer(demande, TypeRole.ADMINISTRATEUR, None, phrase, f"/administration/demandes/{demande.id}")


def annoncer_a_l_entite(demande: Demande, phrase: str = "") -> None:
    """After a move of the administrateur; `phrase` says more than that it was made."""
    phrase = phrase or textes.courrier_entite(demande.etat.value, objet_de(demande))
    chemin = f"/entite/{demande.entite_id}/demandes/{demande.id}"
    _annoncer(demande, TypeRole.GESTIONNAIRE, demande.entite_id, phrase, chemin)


def objet_de(demande: Demande) -> str:
    """What is asked, after « Demande »."""
    return OBJET if demande.d_identite else textes.d_habilitation(demande.niveau_vise.libelle)


def _annoncer(demande: Demande, role: TypeRole, entite_id: int | None, phrase: str, chemin: str) -> None:
    sujet = textes.sujet(objet_de(demande), demande.etat.value)
    evenement = f"demande-{demande.id}-v{demande.version}-{EtatDemande(demande.etat).value}"
    texte = corps(phrase, adresse(chemin))
    for destinataire_id in presents(role, entite_id):
        ecrire(evenement, destinataire_id, sujet, texte)
