"""The generation, the downloads and the purge, with their mails."""

from datetime import date

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.ecrans import AUCUN_DUPLICATA
from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import format_date

_CHAMPS_IMPRIMES = {
    "entite": "La raison sociale de l'entité",
    "nom_commercial": "Le nom commercial",
    "certificat_titre": "Le titre du certificat",
    "lieu": "Le lieu de formation",
    "formateur": "Le nom du formateur",
    "signataire": "Le nom du signataire",
    "signataire_qualite": "La qualité du signataire",
}

RIEN_A_RELANCER = "Aucun certificat de cette session n’est à relancer."
ENCORE_EN_COURS = francais(
    "Des certificats sont encore en cours de production : "
    "attendez qu'ils soient terminés pour rouvrir la session."
)
STOCKAGE_ABSENT = francais(
    "Le stockage des certificats ne répond pas : rien n'a été généré. Réessayez dans quelques minutes."
)

CAUSE_INTERROMPU = "La production a été interrompue plusieurs fois."
CAUSE_DELAI = "La production a pris trop de temps."
CAUSE_INTERNE = "La mise en page du certificat a échoué."

PAS_ENCORE_GENERES = "Les certificats de cette session ne sont pas encore générés."
ARCHIVE_EN_RECONSTITUTION = francais(
    "Le fichier zip se prépare de nouveau, sans les certificats annulés : réessayez dans un instant. "
    "Chaque certificat en vigueur se télécharge déjà seul."
)
FICHIER_ABSENT = francais("Ce fichier ne peut pas être lu pour le moment. Réessayez dans quelques minutes.")

A_TERMINER = francais("Si elle doit aboutir, terminez-la avant cette date.")
VOUS_POUVEZ_QUITTER = francais("Vous pouvez quitter cette page : la génération continue sans vous.")
MISE_EN_ARCHIVE = francais("Les certificats sont faits : le fichier à télécharger se prépare.")

TOUS_LES_CERTIFICATS = francais("Tous les certificats (fichier zip)")
CERTIFICAT_RETIRE = francais("Un certificat retiré depuis")
SANS_CERTIFICAT = francais(
    "Aucun certificat n'est encore défini : l'aperçu sera possible quand l'administrateur en aura défini un."
)


def espace_insuffisant() -> str:
    return _prevenir(
        "Le serveur n'a plus assez d'espace pour enregistrer les certificats : rien n'a été généré."
    )


def sceau_expire() -> str:
    return _prevenir(
        "La clé qui scelle les certificats n'est plus en cours de validité : rien n'a été généré."
    )


def sceau_illisible() -> str:
    return _prevenir("La clé qui scelle les certificats ne peut pas être lue : rien n'a été généré.")


def fichier_altere() -> str:
    return phrase(
        "Ce fichier n'est plus identique à celui qui a été délivré : il ne peut pas être téléchargé. "
        "Prévenez {l_administrateur}.",
        l_administrateur=l_administrateur(),
    )


def fichier_perdu() -> str:
    return phrase(
        "Ce fichier n'est plus dans l'espace de stockage : il ne peut pas être téléchargé. "
        "Prévenez {l_administrateur}.",
        l_administrateur=l_administrateur(),
    )


def _prevenir(constat: str) -> str:
    suite = phrase("Prévenez {l_administrateur}, puis réessayez.", l_administrateur=l_administrateur())
    return f"{francais(constat)} {suite}"


def sujet_du_sceau(fin: date) -> str:
    """`Clé de scellement : fin le 30/09/2026`."""
    return phrase("Clé de scellement : fin le {fin:%d/%m/%Y}", fin=fin)


def sceau_finit_le(fin: date) -> str:
    """For the administrateur, from sixty days before the end of the sealing key."""
    return phrase(
        "La clé qui scelle les certificats prend fin le {fin:%d/%m/%Y} : "
        "remplacez-la avant ce jour, aucun certificat ne pourra être généré ensuite.",
        fin=fin,
    )


def telechargement_termine(dernier_jour: date) -> str:
    """R8, from the sixteenth day on."""
    return phrase(
        "Le fichier était disponible au téléchargement jusqu'au {dernier_jour:%d/%m/%Y} inclus. {suite}",
        dernier_jour=dernier_jour,
        suite=AUCUN_DUPLICATA,
    )


def certificats(nombre: int) -> str:
    """`1 certificat`, `8 certificats`."""
    return pluriel(nombre, "certificat", "certificats")


def objet_a_telecharger(nombre: int, dernier_jour: date) -> str:
    return f"{certificats(nombre)} à télécharger jusqu'au {format_date(dernier_jour)} inclus"


def phrase_a_telecharger(nombre: int, numero: int, dernier_jour: date) -> str:
    sujet = pluriel(nombre, "certificat de la session", "certificats de la session")
    verbe = "est prêt. Téléchargez-le" if nombre < 2 else "sont prêts. Téléchargez-les"
    return (
        f"{sujet} n°{numero} {verbe} jusqu'au {format_date(dernier_jour)} inclus (heure de Paris). "
        "Aucun duplicata ne sera délivré."
    )


def objet_echec(echecs: int, total: int) -> str:
    """`1 certificat sur 12 n'a pas pu être généré`."""
    verbe = "n'a pas pu être généré" if echecs < 2 else "n'ont pas pu être générés"
    return f"{certificats(echecs)} sur {total} {verbe}"


def phrase_echec(echecs: int, total: int) -> str:
    autres = "Les autres certificats sont faits. " if echecs < total else ""
    quoi = "quel certificat manque" if echecs < 2 else "quels certificats manquent"
    return (
        f"{autres}La page de la session dit {quoi} et pourquoi : relancez la production, "
        "ou rouvrez la session pour corriger la saisie."
    )


def objet_non_telecharges(jours: int) -> str:
    """Of the mail of the last day, and in the digest."""
    return f"certificats non téléchargés, {pluriel(jours, 'jour restant', 'jours restants')}"


def phrase_non_telecharges(nombre: int, numero: int, suppression: date) -> str:
    quoi, verbe, fin = (
        ("Le certificat", "n'a pas été téléchargé", "Il sera supprimé")
        if nombre < 2
        else (f"Les {certificats(nombre)}", "n'ont pas été téléchargés", "Ils seront supprimés")
    )
    return (
        f"{quoi} de la session n°{numero} {verbe}. {fin} définitivement le {format_date(suppression)} à 0 h. "
        "Aucun duplicata ne sera délivré."
    )


def rappel_d_effacement(suppression: date) -> str:
    """In the digest, after which session it is."""
    return f"suppression définitive le {format_date(suppression)}, faute de certificats générés"


def non_imprimable(champ: str, caracteres: str) -> str:
    """R6: a text of the certificate that no font of ours can draw."""
    return phrase(
        "{quoi} contient un caractère qui ne peut pas être imprimé ({caracteres}) : rien n'a été généré.",
        quoi=francais(_CHAMPS_IMPRIMES.get(champ, "Une mention du certificat")),
        caracteres=caracteres,
    )


def avancement(faits: int, total: int) -> str:
    """`8 certificats sur 12`."""
    return f"{pluriel(faits, 'certificat', 'certificats')} sur {total}"


def en_ce_moment(stagiaire: str) -> str:
    return phrase("En ce moment : {stagiaire}.", stagiaire=stagiaire)


def generation_en_retard() -> str:
    return phrase(
        "La génération prend plus de temps que prévu. Rien n'est perdu et vous n'avez rien à faire : "
        "elle reprendra d'elle-même. Si elle n'a pas avancé dans une heure, prévenez {l_administrateur}.",
        l_administrateur=l_administrateur(),
    )


def non_produits(nombre: int) -> str:
    verbe = "n'a pas pu être généré" if nombre < 2 else "n'ont pas pu être générés"
    return f"{pluriel(nombre, 'certificat', 'certificats')} {francais(verbe)}"
