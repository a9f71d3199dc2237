"""The words of what is taken away: what a zip says of itself, and the values of its tables."""

from certif.domaine.libelles.typographie import francais

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

ENTETES_DES_SESSIONS = (
    *("Session", "Organisation", "Place", "Certificat", "Date de fin", "Lieu", "État", "Ouverte le"),
)
ENTETES_DES_BILANS = (
    *("Session", "Organisation", "Place", "Certificat", "Date de fin", "Lieu"),
    *("Réussites", "Échecs", "Effacée le"),
)

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
