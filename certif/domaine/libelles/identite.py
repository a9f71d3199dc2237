"""What is said when the identity of an entité changes, or its logo (R17)."""

from collections.abc import Mapping
from typing import Any

from certif.domaine.libelles.typographie import francais, phrase

SUJET = francais("L'identité de votre entité a changé")
SUJET_LOGO = francais("Nouveau logo d'une entité")
CHAMPS = {"raison_sociale": francais("Raison sociale"), "siret": francais("SIRET")}
PAR_L_ADMINISTRATEUR = francais("l'administrateur")
PAR_UN_GESTIONNAIRE = francais("un gestionnaire de votre entité")
CERTIFICATS_INCHANGES = francais("Les certificats déjà générés gardent le nom qu'ils impriment.")


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


ACTIONS = {
    "creer": francais("Création"),
    "modifier": francais("Changement"),
    "confirmer_le_nom": francais("Nom trouvé exact"),
    "ajouter": francais("Nom commercial ajouté"),
    "renommer": francais("Nom commercial renommé"),
    "retirer": francais("Nom commercial retiré"),
}
_LIGNES = {**CHAMPS, "libelle": ""}


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
