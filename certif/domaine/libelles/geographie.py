"""What is said of a postal code, a town or a country."""

from certif.domaine.libelles.typographie import francais, phrase

CODE_POSTAL = francais("Un code postal s'écrit avec cinq chiffres, sans espace : par exemple 26800.")
CODE_POSTAL_INCONNU = francais(
    "Ce code postal n'est celui d'aucune commune. Vérifiez-le ; pour une adresse CEDEX, "
    "écrivez CEDEX après la ville."
)
VILLE_MANQUANTE = francais("La ville doit être renseignée.")
VILLE_HORS_CODE_POSTAL = francais("Choisissez l'une des villes proposées pour ce code postal.")
VILLE_ILLISIBLE = francais("Saisissez le nom de la ville en lettres, en 80 caractères au plus.")
PAYS_MANQUANT = francais("Le pays doit être renseigné.")
PAYS_INCONNU = francais("Choisissez un pays dans la liste.")


def cedex(code_postal: str) -> str:
    return phrase(
        "Le code postal {code_postal} n'est pas celui d'une commune : "
        "il est accepté comme adresse CEDEX. Vérifiez-le.",
        code_postal=code_postal,
    )
