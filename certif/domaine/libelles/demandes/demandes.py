"""Demandes, on either side (R16)."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import depuis

ETATS = {
    "brouillon": francais("Brouillon"),
    "transmise": francais("Transmise"),
    "a_completer": francais("À compléter"),
    "acceptee": francais("Acceptée"),
    "refusee": francais("Refusée"),
    "retiree": francais("Retirée"),
}
NATURES = {
    "premiere": francais("Première habilitation"),
    "extension": francais("Extension"),
    "renouvellement": francais("Renouvellement"),
    "identite": francais("Changement"),
}
CHAMPS = {
    "niveau_id": francais("Dispositif et niveau"),
    "nature": francais("Nature de la demande"),
    "debut_souhaite": francais("Début souhaité"),
    "message": francais("Message à l'administrateur"),
    "plateformes": francais("Plateformes pédagogiques"),
    "pieces": francais("Pièces jointes"),
    "numero": francais("Numéro d'habilitation"),
    "debut": francais("Début"),
    "fin": francais("Fin"),
    "commentaire": francais("Commentaire"),
    "motif": francais("Motif du refus"),
}
NOMS_DE_CHAMPS = {
    "debut_souhaite": francais("début souhaité"),
    "message": francais("message"),
    "plateformes": francais("plateformes"),
    "pieces": francais("pièces jointes"),
}
ACTIONS = {
    "accepter": francais("Accepter et créer l'habilitation"),
    "retourner": francais("Retourner pour complément"),
    "refuser": francais("Refuser la demande"),
}

FICHIER_A_CHOISIR = francais("Choisissez au moins un fichier à joindre.")
PIECE_RETIREE = francais("Cette pièce jointe n'est plus dans la demande, ou n'y a jamais été.")
A_TRANSMETTRE = francais("À vous : compléter et transmettre")
A_REPRENDRE = francais("À vous : compléter (retour de l'administrateur)")
A_DECIDER = francais("À vous : accepter, retourner ou refuser")
SANS_REPONSE_POSSIBLE = francais("À vous : accepter ou refuser (l'entité ne peut plus la compléter)")
TERMINEE = francais("Terminée")

PERIMEE = francais("Cette demande a changé depuis que vous l'avez affichée : rien n'a été enregistré.")
ACTION_IMPOSSIBLE = francais("L'état de la demande ne permet plus cette action.")
NIVEAU_REFUSE = francais("Choisissez l'un des dispositifs proposés.")
DEBUT_MANQUANT = francais("Indiquez la date à laquelle vous souhaitez que l'habilitation commence.")
PLATEFORME_MANQUANTE = francais(
    "Ce dispositif requiert une plateforme pédagogique : ajoutez-en au moins une."
)
PLATEFORME_INUTILE = francais(
    "Ce dispositif ne requiert pas de plateforme : videz le code postal et la ville."
)
COMMENTAIRE_MANQUANT = francais("Écrivez ce que l'entité doit compléter.")
MOTIF_MANQUANT = francais("Écrivez le motif du refus : l'entité le lira.")
CHOIX_MANQUANT = francais("Choisissez ce que vous voulez faire de cette demande.")
STOCKAGE = francais(
    "L'espace de stockage ne répond pas : rien n'a été enregistré. Réessayez dans un instant."
)
PIECE_ABSENTE = francais("Ce fichier ne peut pas être lu pour le moment : réessayez dans un instant.")

EFFET_TRANSMETTRE = francais("Transmettre la demande à l'administrateur : elle ne pourra plus être modifiée.")
EFFET_RETIRER = francais("Retirer la demande : l'administrateur ne l'examinera pas.")
EFFET_RETOURNER = francais("Rendre la demande à l'entité avec votre commentaire, pour qu'elle la complète.")
EFFET_REFUSER = francais(
    "Refuser définitivement : l'entité lira le motif, et pourra faire une autre demande."
)

TRANSMISE = francais("La demande est transmise à l'administrateur.")
ENREGISTREE = francais("La demande est enregistrée. Elle n'est pas encore transmise.")
RETIREE = francais("La demande est retirée.")
SUPPRIMEE = francais("La demande est supprimée.")
FAITS = {
    "accepter": francais("La demande est acceptée : l'habilitation est créée."),
    "retourner": francais("La demande est rendue à l'entité."),
    "refuser": francais("La demande est refusée."),
}

_ACTES = {
    "creer": "a préparé la demande",
    "enregistrer": "a modifié la demande",
    "transmettre": "a transmis la demande",
    "retourner": "a demandé un complément",
    "accepter": "a accepté la demande",
    "refuser": "a refusé la demande",
    "retirer": "a retiré la demande",
}
_SUJETS = {
    "transmise": "transmise",
    "a_completer": "à compléter",
    "acceptee": "acceptée",
    "refusee": "refusée",
    "retiree": "retirée",
}
_AUX_ADMINISTRATEURS = {
    "transmise": "{entite} a transmis une demande {objet} : acceptez-la, retournez-la ou refusez-la.",
    "retiree": "{entite} a retiré sa demande {objet} : vous n'avez plus rien à y faire.",
}
_A_L_ENTITE = {
    "a_completer": "Votre demande {objet} est à compléter : lisez le commentaire de "
    "l'administrateur, complétez-la, puis transmettez-la de nouveau.",
    "acceptee": "Votre demande {objet} est acceptée : vous pouvez déclarer des sessions dès "
    "sa date de début.",
    "refusee": "Votre demande {objet} est refusée : le motif est sur la page de la demande.",
}


def d_habilitation(niveau: str) -> str:
    """What is asked, after « Demande »."""
    return phrase("d'habilitation {niveau}", niveau=niveau)


def titre(objet: str) -> str:
    return phrase("Demande {objet}", objet=objet)


def des_le(jour: date) -> str:
    return phrase("dès le {jour:%d/%m/%Y}", jour=jour)


def chez_l_administrateur(jour: date, aujourd_hui: date) -> str:
    return phrase("Au tour de l'administrateur {depuis}", depuis=depuis(jour, aujourd_hui))


def chez_l_entite(entite: str, jour: date, aujourd_hui: date) -> str:
    return phrase("Au tour de {entite} {depuis}", entite=entite, depuis=depuis(jour, aujourd_hui))


def debut_hors_bornes(premier: date, dernier: date) -> str:
    return phrase(
        "Le début doit être compris entre le {premier:%d/%m/%Y} et le {dernier:%d/%m/%Y}.",
        premier=premier,
        dernier=dernier,
    )


def deja_ouverte(niveau: str) -> str:
    return phrase(
        "Une demande {niveau} est déjà ouverte : terminez-la avant d'en faire une autre.", niveau=niveau
    )


def ou_en_est(niveau: str, etat: str, tour: str) -> str:
    """Where an open demande stands, for who would make another."""
    return phrase(
        "Demande {niveau} déjà ouverte : {etat}. {tour}.", niveau=niveau, etat=etat.lower(), tour=tour
    )


def trop_de_plateformes(maximum: int) -> str:
    return phrase("{maximum} plateformes au plus pour une demande.", maximum=maximum)


def trop_de_pieces(maximum: int) -> str:
    return phrase("{maximum} pièces jointes au plus : retirez-en avant d'en ajouter.", maximum=maximum)


def piece_vide(nom: str) -> str:
    return phrase("{nom} est vide : choisissez un autre fichier.", nom=nom)


def piece_trop_lourde(nom: str) -> str:
    return phrase("{nom} dépasse 5 Mo : réduisez-le avant de le joindre.", nom=nom)


def piece_refusee(nom: str) -> str:
    return phrase("{nom} n'est pas un PDF, un PNG ou un JPEG lisible : choisissez un autre fichier.", nom=nom)


def acte(action: str, qui: str) -> str:
    """A line of the timeline: who did what."""
    return f"{qui} {francais(_ACTES[action])}"


def changement(acte_: str, detail: str, heure: str) -> str:
    """A change as told to who posted a stale form."""
    return f"{acte_} à {heure}{f' ({detail})' if detail else ''}."


def effet_accepter(entite: str) -> str:
    return phrase("Créer l'habilitation : {entite} pourra déclarer des sessions avec elle.", entite=entite)


def sujet(objet: str, etat: str) -> str:
    """The subject of every mail about a demande."""
    return phrase("Demande {objet} : {quoi}", objet=objet, quoi=_SUJETS[etat])


def courrier_administrateur(etat: str, entite: str, objet: str) -> str:
    return phrase(_AUX_ADMINISTRATEURS[etat], entite=entite, objet=objet)


def courrier_entite(etat: str, objet: str) -> str:
    return phrase(_A_L_ENTITE[etat], objet=objet)
