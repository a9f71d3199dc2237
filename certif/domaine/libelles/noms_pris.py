"""What is said of a name that another entité has (R17)."""

from collections.abc import Collection

from certif.domaine.libelles.typographie import enumeration, francais, phrase

NOM_PRIS = francais(
    "Ce nom, ou un nom qui ne s'en distingue que par l'écriture, est déjà celui d'une autre entité : seul "
    "l'administrateur peut l'admettre."
)
ADMIS_SANS_SIREN = francais(
    "Ce nom est déjà celui d'une autre entité : pour l'admettre, renseignez d'abord le SIRET et la "
    "ville, qui les distingueront sur les pages publiques."
)
A_GARDER = {
    "siret": francais(
        "Un nom de l'entité est aussi celui d'une autre : laissez le SIRET, qui les distingue."
    ),
    "ville": francais(
        "Un nom de l'entité est aussi celui d'une autre : laissez la ville, qui les distingue."
    ),
}
"""Of each field that tells one from another, why it cannot be blanked."""
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


def porteur_incomplet(raison_sociale: str, manques: Collection[str]) -> str:
    """Why its name is not admitted to another, and what to do; `manques`: the fields it lacks."""
    return phrase(
        "Ce nom est déjà celui de {raison_sociale}, dont il manque {manques} : pour l'admettre, "
        "complétez d'abord la fiche de cette entité.",
        raison_sociale=raison_sociale,
        manques=_manques(manques),
    )


def a_completer(raison_sociale: str, manques: Collection[str]) -> str:
    """On the record of an entité that shares a name: which of them the public pages cannot tell."""
    return phrase(
        "Pour distinguer {raison_sociale} sur les pages publiques, renseignez {manques}.",
        raison_sociale=raison_sociale,
        manques=_manques(manques),
    )


def _manques(champs: Collection[str]) -> str:
    noms = {"siret": "le SIRET", "ville": "la ville"}
    return enumeration([noms[champ] for champ in champs])
