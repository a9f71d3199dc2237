"""What a certificate will look like, before it is generated: a specimen that proves nothing."""

from certif.documents.a_part import DocumentIndisponible
from certif.documents.apercu import rendre_specimen
from certif.documents.archive import nom_fichier
from certif.domaine.certificats.generation import geler
from certif.domaine.comptes import logos
from certif.domaine.comptes.acteur import Acteur
from certif.domaine.erreurs import Introuvable, ServiceIndisponible
from certif.domaine.sessions.conditions import exiger_habilitation
from certif.domaine.sessions.etats import Action, mouvement
from certif.domaine.sessions.portee import charger

SPECIMEN = "SPECIMEN"


def apercu(acteur: Acteur, numero: int, stagiaire_id: int) -> tuple[str, bytes]:
    """The name and the bytes of the specimen of one réussite, while its session waits to be generated.

    Raises:
        Introuvable: not this actor's session, not one of its réussites, or not to be generated now.
        Refus: no habilitation covers F: there is nothing true to print.
        ServiceIndisponible: it cannot be laid out, or not now.
    """
    session_certif = charger(acteur, numero)
    transition = mouvement(session_certif.etat, Action.GENERER)
    stagiaire = next((s for s in session_certif.reussites if s.id == stagiaire_id), None)
    if stagiaire is None or transition is None or acteur.role.value not in transition.qui:
        raise Introuvable
    donnees = geler(session_certif, stagiaire, exiger_habilitation(session_certif), SPECIMEN)
    try:
        pdf = rendre_specimen(donnees, logos.lire(donnees.logo))
    except DocumentIndisponible as erreur:
        raise ServiceIndisponible(erreur.message) from erreur
    nom = nom_fichier(donnees.date_fin, donnees.certificat_libelle, donnees.nom, donnees.prenom, SPECIMEN)
    return nom, pdf
