"""Dispositifs, niveaux and certificats, where the administrateur keeps them."""

from certif.domaine.libelles.typographie import francais, phrase

FAMILLES = {
    "commun": francais("Commun"),
    "secourisme": francais("Secourisme"),
    "prap": francais("PRAP"),
    "soins": francais("Aide et soins"),
    "amiante": francais("Amiante"),
    "catec": francais("CATEC"),
}
"""Families of certificats, each printed by its template."""


NUMERO_PRIS = francais("Ce dispositif a déjà un niveau de ce numéro.")
CODE_VIDE = francais("Indiquez un code court : par exemple SST.")
LIBELLE_VIDE = francais("Indiquez un libellé.")
TITRE_VIDE = francais("Indiquez le titre qui sera imprimé : par exemple Sauveteur secouriste du travail.")
GROUPE_A_L_ENVERS = francais("Le maximum ne peut pas être inférieur au minimum.")
DEJA_ARCHIVE = francais("C'est déjà archivé.")
NON_ARCHIVE = francais("Ce n'est pas archivé.")

CODE_AIDE = francais("Il se lit partout, suivi du niveau : SST / 1.")
GROUPE_AIDE = francais("Hors de ces bornes, l'entité est avertie, jamais empêchée.")
PLATEFORME = francais("Les sessions ont lieu sur une plateforme pédagogique déclarée")
MINEUR = francais("Avertir quand un stagiaire est mineur")
MOIS_AIDE = francais("En mois, à partir de la fin de la session. Laissez vide : sans fin.")
TITRE_AIDE = francais("Imprimé en grand sur le certificat.")

CREER = francais(
    "Il commence avec un niveau 1, de type acteur : ajoutez-lui ensuite les certificats qu'il délivre."
)
MODIFIER = francais(
    "Les brouillons et les sessions à venir suivent ; ce qui est déjà soumis continue, et les certificats "
    "délivrés ne changent pas."
)
ARCHIVER = francais(
    "Il ne sera plus proposé : ni nouvelle session, ni demande, ni habilitation. Les sessions déjà "
    "commencées continuent, et les certificats délivrés se vérifient toujours. Rien n'est supprimé."
)
DESARCHIVER = francais("Il sera de nouveau proposé, dès maintenant.")
AJOUTER_UN_NIVEAU = francais("Seuls les niveaux de type acteur donnent des sessions.")
CORRIGER = francais(
    "Les certificats déjà délivrés ne changent pas : leur titre et leur dernier jour de validité sont figés. "
    "Ceux des prochaines générations suivront, brouillons et sessions soumises compris."
)
ARCHIVER_UN_CERTIFICAT = francais(
    "Il ne sera plus proposé aux nouvelles sessions. Celles qui le nomment déjà continuent, et les "
    "certificats délivrés se vérifient toujours. Rien n'est supprimé."
)


def mois(nombre: int | None) -> str:
    """R7's n."""
    return francais("Sans fin") if nombre is None else phrase("{nombre}\u00a0mois", nombre=nombre)


def groupe(minimum: int | None, maximum: int | None) -> str:
    """The usual size of a group; "" when nothing is usual."""
    if minimum is not None and maximum is not None:
        return phrase("De {minimum} à {maximum} stagiaires", minimum=minimum, maximum=maximum)
    if minimum is not None:
        return phrase("{minimum} stagiaires au moins", minimum=minimum)
    return phrase("{maximum} stagiaires au plus", maximum=maximum) if maximum is not None else ""


def code_pris(autre: str) -> str:
    return phrase(
        "Ce code se lit comme « {autre} », celui d'un autre dispositif : choisissez-en un autre.", autre=autre
    )


def libelle_pris(autre: str) -> str:
    return phrase(
        "Ce libellé se lit comme « {autre} », celui d'un autre certificat : choisissez-en un autre.",
        autre=autre,
    )
