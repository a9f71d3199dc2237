"""R15: what anyone is told of a certificate."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase, pluriel

INCONNU = francais("Aucun certificat ne porte ce numéro.")
NUMERO_MAL_SAISI = francais("Ce numéro comporte une erreur de saisie.")
SANS_FIN = francais("Certificat authentique, en cours de validité.")
IDENTITE_CORRESPOND = francais("L'identité saisie correspond au titulaire.")
IDENTITE_DIFFERENTE = francais(
    "L'identité saisie ne correspond pas au titulaire. Saisissez-la comme sur le certificat."
)
FICHIER_ORIGINAL = francais("Fichier original, non modifié.")
FICHIER_INCONNU = francais(
    "Ce fichier n'est pas l'original délivré ici. "
    "Un scan ou une réimpression n'est jamais reconnu : vérifiez le numéro."
)


def valide(valable_jusqu_au: date | None) -> str:
    if valable_jusqu_au is None:
        return SANS_FIN
    return phrase(
        "Certificat authentique, en cours de validité jusqu'au {fin:%d/%m/%Y}.", fin=valable_jusqu_au
    )


def expire(valable_jusqu_au: date) -> str:
    return phrase(
        "Certificat authentique, mais expiré : il était valable jusqu'au {fin:%d/%m/%Y}.",
        fin=valable_jusqu_au,
    )


def annule(annule_le: date, entite: str) -> str:
    return phrase(
        "Certificat annulé le {annule_le:%d/%m/%Y} : il n'est plus valable. Contactez {entite}.",
        annule_le=annule_le,
        entite=entite,
    )


def document_groupe(nombre: int) -> str:
    """A zip or a merged PDF sealed here."""
    return phrase(
        "Document authentique regroupant {combien}, non modifié.",
        combien=pluriel(nombre, "certificat", "certificats"),
    )
