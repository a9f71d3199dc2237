"""The words that every list, record and form of the same kind share."""

from certif.domaine.libelles.typographie import francais, phrase

CHANGE_ENTRE_TEMPS = francais(
    "Cette fiche a changé depuis que vous l'avez affichée : rien n'a été enregistré. "
    "Comparez, puis enregistrez de nouveau."
)
MENE_AILLEURS = francais(
    "Cette fiche a été réunie à une autre depuis que vous l'avez affichée : rien n'a été fait. Voici celle "
    "qui reste."
)
UN_SEUL_NOM = francais("Vide, si la personne n'a qu'un seul nom.")
TROP_LONG = francais("Ce que vous avez saisi est trop long : raccourcissez-le, puis recommencez.")


def enregistre_depuis(valeur: str) -> str:
    """Beside a field that somebody else has changed; "" when it is now empty."""
    if not valeur:
        return francais("Ce champ est vide à présent.")
    return phrase("Enregistré à présent : « {valeur} ».", valeur=valeur)


def erreur_du_champ(libelle: str, message: str) -> str:
    """A line of the summary of what is wrong."""
    return phrase("{libelle} : {message}", libelle=libelle, message=message)
