"""What is said of a name that another entité has (R17)."""

from certif.domaine.libelles.typographie import francais, phrase

NOM_PRIS = francais(
    "Ce nom, ou un nom qui ne s'en distingue que par l'écriture, est déjà celui d'une autre entité : seul "
    "l'administrateur peut l'admettre."
)
ADMIS_SANS_SIREN = francais(
    "Ce nom est déjà celui d'une autre entité : pour l'admettre, renseignez d'abord le SIRET et la "
    "ville, qui les distingueront sur les pages publiques."
)
VILLE_A_GARDER = francais(
    "Un nom de votre entité est aussi celui d'une autre : laissez la ville, qui les distingue."
)
ADMETTRE = francais(
    "Si vous l'admettez (réseau, homonyme légal), le SIREN et la ville de chacune seront affichés à côté du "
    "nom sur toutes les pages publiques."
)


def porteur(raison_sociale: str, siren: str, ville: str) -> str:
    """Another entité that has the name: enough to tell which."""
    return ", ".join(filter(None, (raison_sociale, siren and f"SIREN\u00a0{siren}", ville)))


def deja_pris(par: str, nom: str) -> str:
    """A line of the recap before a name is admitted."""
    return phrase("Le nom « {nom} » est déjà celui de : {par}.", nom=nom, par=par)


def partage(avec: str) -> str:
    """On the record of an entité: with whom it shares a name."""
    return phrase(
        "Un de ses noms est aussi celui de : {avec}. Les pages publiques ajoutent le SIREN et la ville.",
        avec=avec,
    )
