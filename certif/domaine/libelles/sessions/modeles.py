"""Models: what is kept of a session; and what no longer holds when another one begins with it."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase

MODELE_ABSENT = francais("Ce modèle n'existe plus, ou ne vous est pas accessible.")
DEPUIS_UN_MODELE = francais("depuis un modèle")
GARDE = francais("Le modèle est gardé : « Nouvelle session » le propose désormais.")
CE_QUI_EST_GARDE = francais(
    "Le certificat, le lieu, l'identification, le formateur, la référence et le nom imprimé ; jamais la date "
    "ni les stagiaires. Le modèle reste jusqu'à ce que vous le supprimiez."
)
RIEN_A_GARDER = francais("Choisissez d'abord le certificat de la session : il n'y a encore rien à garder.")
AIDE_DU_NOM = francais("Pour le reconnaître : un client, un lieu. Jamais imprimé.")
AIDE_DU_RAPPEL = francais(
    "Ce jour-là, une ligne de votre courriel du matin vous rappelle ce client : ses certificats arrivent à "
    "échéance."
)
RAPPEL_PASSE = francais("Indiquez une date à venir, ou laissez vide.")
VIDE = francais(
    "Depuis une session, « Garder comme modèle » retient le certificat, le lieu, le formateur et la "
    "référence : la suivante s'ouvre en un geste."
)
OUVRIR = francais("La session reprend ce modèle : il restera à indiquer la date de fin et les stagiaires.")
OUVERTE = francais("La session est ouverte : indiquez la date de fin, puis les stagiaires.")
SUPPRESSION = francais("Les sessions déjà ouvertes depuis ce modèle ne changent pas.")

FORMATEUR_PARTI = francais("Son formateur n'est plus dans Certif : déclarez-en un autre.")
FORMATEUR_SANS_ROLE = francais("Son formateur n'a plus de rôle actif : déclarez-en un autre.")
LIEU_A_CHOISIR = francais("Son lieu de formation ne convient plus : choisissez-le.")


def ouverte_depuis(nom: str) -> str:
    """Above the new session; `nom` is the model's."""
    return phrase(
        "Cette session reprend le modèle « {nom} » : il reste à indiquer la date de fin et les stagiaires.",
        nom=nom,
    )


def suppression(nom: str) -> str:
    return phrase("Le modèle « {nom} » va être supprimé.", nom=nom)


def a_rappeler(nom: str, certificat: str) -> str:
    """The line of the digest, on the day that was asked for."""
    return phrase(
        "Rappel MAC : le modèle « {nom} » ({certificat}) est à proposer de nouveau.",
        nom=nom,
        certificat=certificat,
    )


def valables_jusqu_au(dernier_jour: date) -> str:
    """Beside the day of the recall."""
    return phrase(
        "Les certificats de cette session sont valables jusqu'au {dernier_jour:%d/%m/%Y}.",
        dernier_jour=dernier_jour,
    )


def certificat_archive(certificat: str) -> str:
    return phrase("Son certificat ({quoi}) n'est plus délivré : choisissez-en un autre.", quoi=certificat)


def niveau_archive(niveau: str) -> str:
    return phrase("Son dispositif ({niveau}) n'est plus délivré : choisissez-en un autre.", niveau=niveau)


def sans_habilitation(niveau: str) -> str:
    """R2: for no F that can be entered today."""
    return phrase(
        "Votre entité n'a plus d'habilitation {niveau} : demandez-la, ou choisissez un autre dispositif.",
        niveau=niveau,
    )


def plateforme_fermee(lieu: str) -> str:
    return phrase("Sa plateforme ({lieu}) n'est plus active : choisissez-en une autre.", lieu=lieu)


def formateur_non_qualifie(niveau: str) -> str:
    """R3: for no F that can be entered today."""
    return phrase("Son formateur n'est plus qualifié pour {niveau} : déclarez-en un autre.", niveau=niveau)
