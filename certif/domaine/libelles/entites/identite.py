"""What is said when an entité changes its identity or its logo, or when another entité has its name (R17)."""

from collections.abc import Collection, Mapping
from typing import Any

from certif.domaine.libelles.typographie import enumeration, francais, phrase

SUJET = francais("L'identité de votre entité a changé")
SUJET_LOGO = francais("Nouveau logo d'une entité")
CHAMPS = {"raison_sociale": francais("Raison sociale"), "siret": francais("SIRET")}
PAR_L_ADMINISTRATEUR = francais("l'administrateur")
PAR_UN_GESTIONNAIRE = francais("un gestionnaire de votre entité")
CERTIFICATS_INCHANGES = francais("Les certificats déjà générés gardent le nom qu'ils impriment.")

ACTIONS = {
    "creer": francais("Création"),
    "modifier": francais("Changement"),
    "confirmer_le_nom": francais("Nom trouvé exact"),
    "ajouter": francais("Nom commercial ajouté"),
    "renommer": francais("Nom commercial renommé"),
    "retirer": francais("Nom commercial retiré"),
}
_LIGNES = {**CHAMPS, "libelle": ""}

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


def remplace(champ: str, avant: str, apres: str) -> str:
    """One value that changed; "" is none."""
    if not avant:
        return phrase("{champ} : « {apres} ».", champ=champ, apres=apres)
    if not apres:
        return phrase("{champ} : « {avant} » est effacé.", champ=champ, avant=avant)
    return phrase("{champ} : « {avant} » devient « {apres} ».", champ=champ, avant=avant, apres=apres)


def nom_ajoute(libelle: str) -> str:
    return phrase("Nom commercial ajouté : « {libelle} ».", libelle=libelle)


def nom_retire(libelle: str) -> str:
    return phrase("Nom commercial retiré : « {libelle} ».", libelle=libelle)


def courrier(entite: str, par: str, changements: str) -> str:
    """`entite`: as it was called until then."""
    return phrase(
        "L'identité de {entite} a été changée par {par}. {changements} {certificats} Si ce changement vous "
        "étonne, voyez-le avec vos collègues ou avec l'administrateur.",
        entite=entite,
        par=par,
        changements=changements,
        certificats=CERTIFICATS_INCHANGES,
    )


def courrier_logo(entite: str, nom_commercial: str) -> str:
    """To the administrateurs."""
    if nom_commercial:
        return phrase(
            "{entite} a donné un nouveau logo à son nom commercial {nom} : regardez s'il est bien le sien.",
            entite=entite,
            nom=nom_commercial,
        )
    return phrase("{entite} a un nouveau logo : regardez s'il est bien le sien.", entite=entite)


def logo_de(nom: str) -> str:
    """A button of the administrateur."""
    return phrase("Voir le logo de {nom}", nom=nom)


def ligne(action: str, avant: Mapping[str, Any], apres: Mapping[str, Any]) -> tuple[str, str]:
    """A line of the history of names: what was done, and the values before and after."""
    changes = []
    for champ, libelle in _LIGNES.items():
        valeurs = [str(v[champ]) for v in (avant, apres) if v.get(champ)]
        if valeurs:
            changes.append(f"{libelle}\u00a0: {' → '.join(valeurs)}" if libelle else " → ".join(valeurs))
    return ACTIONS.get(action, action), ", ".join(changes)


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
