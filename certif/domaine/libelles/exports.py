"""The words of what is taken away: what a zip says of itself, and the values of its tables."""

from certif.domaine.libelles.typographie import francais, phrase

_LECTURE = francais(
    "Un fichier par sujet, à ouvrir dans un tableur (texte UTF-8, séparé par des points-virgules).\r\n"
    "Les jours s'écrivent jj/mm/aaaa, les heures sont celles de Paris. Une apostrophe en tête d'une cellule "
    "évite qu'un tableur ne calcule ce qui la suit."
)

D_UNE_PERSONNE = francais(
    "Ce que Certif garde d'une personne qui a un compte, ou qui est formateur.\r\n\r\n"
    "Ne s'y trouvent pas : le mot de passe et les autres secrets, dont il n'est gardé que de quoi les "
    "vérifier ; l'identité des stagiaires et les documents, qui sont à leur organisme de formation ; ce que "
    "d'autres ont écrit. Les autres personnes n'y sont dites que par leur rôle."
)

D_UNE_ENTITE = francais(
    "Ce que Certif garde d'une entité : ce qu'elle est, ses utilisateurs, ses droits, ses demandes, ses "
    "sessions et leurs stagiaires tant qu'ils sont gardés, et les certificats qu'elle a délivrés.\r\n\r\n"
    "Ces tableaux nomment des stagiaires : gardez-les sous clé, et pas plus longtemps qu'il ne faut. Le "
    "registre des certificats et les sessions effacées ne nomment personne d'autre que leur formateur."
)
D_UNE_ENTITE_REMISE = francais(
    "Ce que Certif garde d'une entité, remis par l'administrateur : ce qu'elle est, ses utilisateurs, ses "
    "droits, ses demandes, ses sessions et les certificats qu'elle a délivrés.\r\n\r\n"
    "Ses stagiaires, ses modèles, ses références et ce qui a été écrit dans ses sessions ne s'y trouvent "
    "pas : l'administrateur ne les lit pas. Un gestionnaire de l'entité les télécharge depuis MON ENTITÉ."
)

ENTETES_DES_SESSIONS = (
    *("Session", "Organisation", "Place", "Certificat", "Date de fin", "Lieu", "État", "Ouverte le"),
)
ENTETES_DES_BILANS = (
    *("Session", "Organisation", "Place", "Certificat", "Date de fin", "Lieu"),
    *("Réussites", "Échecs", "Effacée le"),
)

DONNEE = ("Donnée", "Valeur")
ENTETES_DES_UTILISATEURS = (
    *("Nom", "Prénom", "N° Forprev", "E-mail", "Rôle", "Dernier jour", "Dernière venue"),
)
ENTETES_DES_HABILITATIONS = (
    *("Numéro", "Dispositif niveau", "Premier jour", "Dernier jour", "Retrait"),
    *("Suspendue du", "Suspendue au"),
)
ENTETES_DES_PLATEFORMES = ("Dispositif", "Code postal", "Ville", "Premier jour", "Dernier jour")
ENTETES_DES_DEMANDES = (
    *("Demande", "Nature", "Dispositif niveau", "État", "Début souhaité", "Raison sociale", "SIRET"),
    *("Message", "Motif", "Commencée le", "Transmise le", "Décidée le"),
)
ENTETES_DU_SUIVI_DES_DEMANDES = ("Demande", "Quand", "Rôle", "Action", "Précision", "Commentaire")
ENTETES_DES_MODELES = (
    *("Nom", "Certificat", "Identification", "Lieu", "Référence interne", "Formateur", "Rappel MAC"),
    "Servi le",
)
ENTETES_DES_SESSIONS_SUIVIES = (
    *("Session", "État", "Certificat", "Identification", "Date de fin", "Lieu", "Nom commercial"),
    *("Formateur", "N° Forprev", "Déclarant", "Référence interne", "Retour du formateur", "Rectifie"),
    *("Ouverte le", "Soumise le", "Résultats le", "Certificats générés le", "Téléchargée le"),
)
ENTETES_DES_STAGIAIRES = (
    *("Session", "Nom", "Prénom", "Date de naissance", "Résultat", "Motif", "N° du certificat"),
)
ENTETES_DU_SUIVI = ("Session", "Quand", "Par", "Rôle", "Action", "Commentaire")
ENTETES_DES_TELECHARGEMENTS = ("Session", "Quand", "Par", "Fichier")
ENTETES_DES_CERTIFICATS = (
    *("Session", "N° du certificat", "Statut", "Certificat", "Identification", "Date de fin"),
    *("Fin de validité", "Raison sociale imprimée", "Nom commercial imprimé", "Habilitation"),
    *("Formateur", "Annulé le", "Motif"),
)
ENTETES_DES_SESSIONS_EFFACEES = (
    *("Session", "Certificat", "Identification", "Date de fin", "Lieu", "Formateur"),
    *("Stagiaires", "Réussites", "Échecs", "Effacée le"),
)

STATUTS = {"delivre": francais("Délivré"), "annule": francais("Annulé")}
LIENS = {
    "invitation": francais("Invitation"),
    "mot_de_passe": francais("Nouveau mot de passe"),
    "nouvel_email": francais("Nouvelle adresse e-mail"),
    "opposition": francais("Ancienne adresse e-mail"),
}
COURRIELS = {
    "a_envoyer": francais("À envoyer"),
    "envoye": francais("Envoyé"),
    "abandonne": francais("Abandonné"),
}
_DEMANDES = {
    "creer": francais("Commencée"),
    "enregistrer": francais("Enregistrée"),
    "transmettre": francais("Transmise"),
    "retourner": francais("Retournée pour être complétée"),
    "accepter": francais("Acceptée"),
    "refuser": francais("Refusée"),
    "retirer": francais("Retirée"),
}
SOUMISE = francais("A reçu la session à valider")
PIECE_JOINTE = francais("Pièce jointe")
NOM_SOUHAITE = francais("Nom commercial souhaité")
PLATEFORME = francais("Plateforme déclarée")
ELLE_MEME = francais("La personne elle-même")


def lisez_moi(contenu: str) -> bytes:
    """The first file of a zip."""
    return f"{contenu}\r\n\r\n{_LECTURE}\r\n".encode("utf-8-sig")


def place(*, formateur: bool, declarant: bool) -> str:
    """What somebody was to a session."""
    dites = [mot for mot, vrai in (("Formateur", formateur), ("Déclarant", declarant)) if vrai]
    return ", ".join(dites) or "Intervenant"


def demande(action: str) -> str:
    return _DEMANDES.get(action, action)


def invite(role: str) -> str:
    return phrase("{role}, invité", role=role)
