"""A demande of another identity: raison sociale, SIRET, trade names (R16, R17)."""

from certif.domaine.libelles.typographie import francais, phrase

OBJET = francais("de changement d'identité")
CHAMPS = {
    "raison_sociale": francais("Raison sociale"),
    "siret": francais("SIRET"),
    "nom_commercial": francais("Nom commercial"),
    "nouveau_nom": francais("Nom commercial à ajouter"),
}
NOMS_DE_CHAMPS = {
    "raison_sociale": francais("raison sociale"),
    "siret": francais("SIRET"),
    "noms": francais("noms commerciaux"),
}
AUJOURD_HUI = francais("Aujourd'hui")
AUCUN = "—"

RIEN_DE_SOUHAITE = francais("Changez au moins une valeur : rien n'est encore demandé.")
JUSTIFICATIF_MANQUANT = francais(
    "Joignez au moins un justificatif : extrait Kbis, récépissé, avis de situation SIRENE, contrat de réseau…"
)
SIRET_A_GARDER = francais("Un SIRET se remplace, il ne s'efface pas : laissez l'actuel si rien ne change.")
DEJA_UTILISE = francais(
    "Ce nom est déjà celui d'une autre entité. Seul l'administrateur peut l'admettre (marque de réseau, "
    "homonyme légal) : dites pourquoi dans le message et joignez-en la preuve."
)
VIDER = francais("Videz ce champ pour retirer ce nom.")
EFFET_ACCEPTER = francais(
    "L'entité prend ces noms et ce SIRET dès maintenant. Les certificats déjà générés, ou en cours de "
    "génération, gardent ce qu'ils impriment."
)
ACCEPTER = francais("Accepter et changer l'identité")
FAIT = francais("La demande est acceptée : l'identité de l'entité est changée.")
EXPLICATION = francais(
    "L'administrateur examine votre demande avec les justificatifs que vous joignez. Rien ne change avant sa "
    "décision."
)

NOMBRE_ATTEINT = francais("Trois noms commerciaux au plus : retirez-en un avant d'en demander un autre.")
NOM_EN_DOUBLE = francais("Votre entité a déjà ce nom.")


def titre_d_un_nom(libelle: str) -> str:
    """The field of a trade name that exists."""
    return phrase("Nom commercial « {libelle} »", libelle=libelle)


def deja_ouverte() -> str:
    return francais(
        "Une demande de changement d'identité est déjà ouverte : terminez-la avant d'en faire une autre."
    )


def non_repris(champ: str, message: str) -> str:
    """What was typed and could not be taken into the demande."""
    return f"{CHAMPS.get(champ, CHAMPS['nom_commercial'])}\u00a0: {message}"


def acceptee(changements: str) -> str:
    return phrase(
        "Votre demande de changement d'identité est acceptée. {changements}", changements=changements
    )
