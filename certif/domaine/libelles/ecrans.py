"""What several screens share: tabs, fields and their helps, columns, buttons; what every form says."""

from datetime import date

from certif.domaine.libelles.typographie import chiffres, francais, phrase, pluriel

A_TRAITER = francais("Mes sessions de certification à traiter")
EN_COURS = francais("Mes sessions de certification en cours")
RIEN_A_TRAITER = francais("Vous n'avez pas de session de certification à traiter")
RIEN_EN_COURS = francais("Vous n'avez pas de session de certification en cours")

ONGLETS = {
    "session": francais("Session"),
    "formateur": francais("Formateur"),
    "stagiaires": francais("Stagiaires"),
    "telechargements": francais("Téléchargements"),
}

CHAMPS = {
    "dispositif": francais("Dispositif"),
    "niveau": francais("Niveau"),
    "niveau_id": francais("Dispositif niveau"),
    "certificat_id": francais("Certificat"),
    "lieu_type": francais("Lieu de formation"),
    "lieu_france": francais("Lieu de formation en France"),
    "lieu_etranger": francais("Lieu de formation à l'étranger"),
    "plateforme_id": francais("Plateforme pédagogique"),
    "adresse": francais("Adresse"),
    "code_postal": francais("Code postal"),
    "ville": francais("Ville"),
    "ville_etranger": francais("Ville"),
    "pays": francais("Pays"),
    "identification": francais("Identification"),
    "date_fin": francais("Date de fin de session"),
    "reference_interne": francais("Référence interne"),
    "nom_commercial_id": francais("Nom imprimé sur les certificats"),
    "debut_souhaite": francais("Début souhaité"),
    "message": francais("Message à l'administrateur"),
    "formateur_id": francais("Formateur"),
    "declarant": francais("Déclarée par"),
    "numero": francais("N° Forprev"),
    "nom": francais("Nom"),
    "prenom": francais("Prénom"),
    "nom_unique": francais("Cette personne n'a qu'un seul nom"),
    "date_naissance": francais("Date de naissance"),
    "email": francais("E-mail"),
    "resultat": francais("Résultat"),
    "motif_echec": francais("Motif de l'échec"),
    "action": francais("Action"),
    "commentaire": francais("Mon commentaire"),
    "stagiaires": francais("Stagiaires"),
}

COLONNES = {
    "numero": francais("Numéro"),
    "raison-sociale": francais("Raison sociale"),
    "dispositif": francais("Dispositif niveau"),
    "certificat": francais("Certificat"),
    "date-fin": francais("Date de fin de session"),
    "intervenant": francais("Dernier intervenant"),
    "modification": francais("Date de modification"),
    "etat": francais("État"),
}

ENREGISTRER = francais("Enregistrer")
NOUVEAU_STAGIAIRE = francais("Nouveau stagiaire")
AUCUN_STAGIAIRE = francais("Aucun stagiaire")
ANNULER = francais("Annuler")
LANCER_LA_VERIFICATION = francais("Lancer la vérification")
FORMATEURS_RECENTS = francais("Formateurs récents")
DERNIERS_LIEUX = francais("Derniers lieux")
RELANCER_LE_FORMATEUR = francais("Relancer le formateur")
GARDER_COMME_MODELE = francais("Garder comme modèle")
CREER_UNE_SESSION_SEMBLABLE = francais("Créer une session semblable")
CHOISIR_UNE_ACTION = francais("Choisissez ce que vous voulez faire.")
AUCUN_DUPLICATA = francais("Aucun duplicata ne sera délivré pour le niveau acteur.")
PAGE_INEXISTANTE = francais("Cette page n'existe pas.")
PARTIE_ABSENTE = francais("Ce que vous demandez n'est plus dans cette session, ou n'y a jamais été.")
REVENIR_AUX_INFORMATIONS = francais("Revenir aux informations de l'entité")
REVENIR_A_LA_DEMANDE = francais("Revenir à la demande")
SESSION_CHANGEE = francais(
    "Cette session a changé depuis que vous l'avez affichée : rien n'a été enregistré."
)
CHANGE_ENTRE_TEMPS = francais(
    "Cette fiche a changé depuis que vous l'avez affichée : rien n'a été enregistré. "
    "Comparez, puis enregistrez de nouveau."
)
MENE_AILLEURS = francais(
    "Cette fiche a été réunie à une autre depuis que vous l'avez affichée : rien n'a été fait. Voici celle "
    "qui reste."
)
PRECISER_POUR_LA_SUITE = francais("Précisez ce que vous cherchez pour voir la suite.")
UN_SEUL_NOM = francais("Vide, si la personne n'a qu'un seul nom.")
TROP_LONG = francais("Ce que vous avez saisi est trop long : raccourcissez-le, puis recommencez.")
AIDES = {
    "niveau_id": francais("La liste affichée est fonction des habilitations portées par l'entité."),
    "certificat_id": francais("Choisissez le certificat à éditer."),
    "lieu_type": francais(
        "Saisissez le lieu de la session. Si le dispositif requiert une plateforme pédagogique, "
        "le choix est limité aux plateformes déclarées par l'entité."
    ),
    "code_postal": francais("Cinq chiffres : les villes de ce code postal vous sont ensuite proposées."),
    "ville": francais("Choisissez la ville parmi celles du code postal."),
    "ville_cedex": francais(
        "Aucune commune n'a ce code postal : il est accepté pour une adresse CEDEX, "
        "écrite comme « VALENCE CEDEX 9 »."
    ),
    "pays": francais("Le pays où se tient la session."),
    "ville_etranger": francais("La ville où se tient la session, en lettres."),
    "plateforme_id": francais(
        "Les plateformes déclarées par votre entité et actives à la date de fin de session."
    ),
    "identification": francais(
        "Indiquez s'il s'agit d'un stage initial ou d'une mise à jour des compétences."
    ),
    "date_fin": francais("Cette date permet de déterminer la date de début de validité du certificat."),
    "reference_interne": francais("Facultatif : un client, une convention. Elle n'est jamais imprimée."),
    "nom_commercial_id": francais(
        "Sous un nom commercial, le certificat nomme aussi la raison sociale, qui porte l'habilitation."
    ),
    "numero": francais("Trois lettres et cinq chiffres : par exemple JKA37899."),
    "nom": francais("Tel qu'il figure sur la pièce d'identité. Il sera imprimé tel quel."),
}
MISE_A_JOUR_SST = francais(
    "Un certificat expiré n'empêche pas de suivre une MAC. "
    "Si l'interruption est longue, un stage initial est conseillé."
)
PERSONNE_SUPPRIMEE = francais("Personne supprimée")
"""What stands for the name of a person who was erased."""


def session_de_certification(numero: int) -> str:
    return phrase("Session de certification n°{numero}", numero=numero)


def fin_puis_cloture(fin: date, cloture: date) -> str:
    """R1, under the field of the end date `fin`: true whatever is typed there meanwhile."""
    return phrase(
        "Fin le {fin:%d/%m/%Y} : à soumettre au formateur jusqu'au {cloture:%d/%m/%Y} inclus",
        fin=fin,
        cloture=cloture,
    )


def a_venir(debut: date) -> str:
    """A right that has not begun: an habilitation, a qualification."""
    return phrase("À partir du {debut:%d/%m/%Y}", debut=debut)


def terminee(fin: date) -> str:
    """A right that is over."""
    return phrase("A pris fin le {fin:%d/%m/%Y}", fin=fin)


def retiree(le: date) -> str:
    """A right that was withdrawn."""
    return phrase("Retirée à compter du {le:%d/%m/%Y}", le=le)


def a_soumettre_avant(cloture: date) -> str:
    """R1, on a draft."""
    return phrase("À soumettre au formateur jusqu'au {cloture:%d/%m/%Y} inclus", cloture=cloture)


def candidats_certifies(nombre: int) -> str:
    """`3 candidats ont validé la certification`."""
    return pluriel(nombre, "candidat a validé la certification", "candidats ont validé la certification")


def disponible_jusqu_au(dernier_jour: date) -> str:
    """R8, beside the download."""
    return phrase(
        "Le fichier est disponible au téléchargement pendant 15 jours à compter de la génération "
        "des certificats (jusqu'au {dernier_jour:%d/%m/%Y} inclus, heure de Paris).",
        dernier_jour=dernier_jour,
    )


def enregistre_a(heure: str) -> str:
    """`heure` reads "14 h 02"."""
    return phrase("Enregistré à {heure}", heure=heure)


def enregistre_sauf(heure: str, refus: int) -> str:
    """The same when some fields were refused."""
    quoi = pluriel(refus, "information à corriger", "informations à corriger")
    return phrase("Enregistré à {heure}, sauf {quoi}", heure=heure, quoi=quoi)


def reprendre_les_reponses(nombre: int, total: int) -> str:
    """R5: `Reprendre mes réponses précédentes (11 sur 12)`."""
    return phrase("Reprendre mes réponses précédentes ({nombre} sur {total})", nombre=nombre, total=total)


def enregistre_depuis(valeur: str) -> str:
    """Beside a field that somebody else has changed; "" when it is now empty."""
    if not valeur:
        return francais("Ce champ est vide à présent.")
    return phrase("Enregistré à présent : « {valeur} ».", valeur=valeur)


def combien(total: int, plus: bool) -> str:
    """How many rows a list has: `42`, or `plus de 10 000`."""
    return f"plus de {chiffres(total)}" if plus else chiffres(total)


def rangs(premier: int, dernier: int, total: int, plus: bool) -> str:
    """Which rows of a list a page shows: `26 à 50 sur plus de 10 000`."""
    return f"{chiffres(premier)} à {chiffres(dernier)} sur {combien(total, plus)}"


def erreur_du_champ(libelle: str, message: str) -> str:
    """A line of the summary of what is wrong."""
    return phrase("{libelle} : {message}", libelle=libelle, message=message)


def page_indiquait(valeur: str) -> str:
    """Beside a field of a stale form: what it said, while the field shows what is stored now."""
    return phrase(
        "Votre page indiquait « {valeur} » : saisissez-le de nouveau si c'est juste.", valeur=valeur
    )


def revenir_a_la_session(numero: int) -> str:
    return phrase("Revenir à la session n°{numero}", numero=numero)
