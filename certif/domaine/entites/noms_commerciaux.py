"""The trade names under which an entité may issue its certificates: three at most.

A gestionnaire corrects how one is written; another name is for the administrateur to give (R17).
"""

from typing import Any

from certif.domaine.acteur import Acteur
from certif.domaine.entites.chargement import (
    FichePerimee,
    empreinte_du_nom,
    entite_a_modifier,
    nom_commercial_de,
)
from certif.domaine.entites.identites import annoncer, identite_de
from certif.domaine.entites.regles import lire_texte
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.entites import mon_entite
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import NomCommercial
from certif.socle.base.transaction import transaction

NOMBRE_MAX = 3
LONGUEUR_MAX = 80
"""Both names must fit on a pocket card."""


def corriger(acteur: Acteur, nom_id: int, marque: str, libelle: str) -> bool:
    """Write a trade name otherwise, for the certificates to come; whether it did change.

    Raises:
        Introuvable, ActionImpossible: not for this actor.
        SaisieInvalide: on `libelle`; another name, by R4's key, is one.
        FichePerimee: it was renamed since the form was shown.
    """
    with transaction():
        entite = entite_a_modifier(acteur)
        nom = nom_commercial_de(acteur, nom_id)
        lu = lire_texte(libelle, "libelle", LONGUEUR_MAX, vide=mon_entite.NOM_COMMERCIAL_VIDE)
        identite = identite_de(entite)
        if lu == nom.libelle:
            return False
        if marque != empreinte_du_nom(nom):
            raise FichePerimee
        if cle(lu) != cle(nom.libelle):
            raise SaisieInvalide({"libelle": [mon_entite.PAR_DEMANDE]})
        noter(acteur, "renommer", nom, avant={"libelle": nom.libelle}, apres={"libelle": lu})
        nom.libelle = lu
        annoncer(acteur, entite, identite)
    return True


def noter(
    acteur: Acteur,
    action: str,
    nom: NomCommercial,
    avant: dict[str, Any] | None = None,
    apres: dict[str, Any] | None = None,
) -> None:
    """Leave the line of a change to a trade name, which says whose it is: it may be gone one day."""
    sien = {"entite_id": nom.entite_id}
    consigner(
        acteur,
        action,
        "nom_commercial",
        nom.id,
        avant=avant | sien if avant and not apres else avant,
        apres=apres | sien if apres else None,
    )
