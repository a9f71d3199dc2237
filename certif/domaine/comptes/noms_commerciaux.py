"""The trade names under which an entité may issue its certificates: three at most."""

from __future__ import annotations

from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.fiche import (
    FichePerimee,
    empreinte_du_nom,
    entite_a_modifier,
    nom_commercial_de,
)
from certif.domaine.comptes.imprimes import lire_texte
from certif.domaine.comptes.modeles import Entite, NomCommercial
from certif.domaine.comptes.noms_pris import prendre
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles import mon_entite as textes
from certif.domaine.noms import cle
from certif.domaine.une_fois import une_fois
from certif.socle.extensions import db
from certif.socle.transaction import transaction

NOMBRE_MAX = 3
LONGUEUR_MAX = 80
"""Both names must fit on a pocket card."""


def ajouter(acteur: Acteur, jeton: str, libelle: str) -> int:
    """Add a trade name, once for each token; returns its id.

    Raises:
        Introuvable, ActionImpossible: not for this actor, or there are three already.
        SaisieInvalide: on `libelle`.
        Refus: no page of ours posts this token.
    """
    return une_fois(acteur.individu_id, jeton, lambda: _ajouter(acteur, libelle))


def renommer(acteur: Acteur, nom_id: int, marque: str, libelle: str) -> bool:
    """Change a trade name, for the certificates to come; whether it did change.

    Raises:
        Introuvable, ActionImpossible: not for this actor.
        SaisieInvalide: on `libelle`.
        FichePerimee: it was renamed since the form was shown.
    """
    with transaction():
        entite = entite_a_modifier(acteur)
        nom = nom_commercial_de(acteur, nom_id)
        lu = _lire(entite, libelle, nom)
        avant = nom.libelle
        if lu == avant:
            return False
        if marque != empreinte_du_nom(nom):
            raise FichePerimee
        nom.libelle = lu
        prendre(entite, {"libelle": lu})
        noter(acteur, "renommer", nom.id, avant={"libelle": avant}, apres={"libelle": lu})
    return True


def noter(
    acteur: Acteur,
    action: str,
    nom_id: int,
    avant: dict[str, str | None] | None = None,
    apres: dict[str, str | None] | None = None,
) -> None:
    """Leave the line of a change to a trade name."""
    consigner(
        action,
        "nom_commercial",
        nom_id,
        acteur_id=acteur.individu_id,
        role=acteur.role.value,
        avant=avant,
        apres=apres,
    )


def _ajouter(acteur: Acteur, libelle: str) -> int:
    entite = entite_a_modifier(acteur)
    lu = _lire(entite, libelle)
    if len(entite.noms_commerciaux) >= NOMBRE_MAX:
        raise ActionImpossible(textes.NOMBRE_ATTEINT)
    nom = NomCommercial(entite_id=entite.id, libelle=lu)
    db.session.add(nom)
    prendre(entite, {"libelle": lu})
    noter(acteur, "ajouter", nom.id, apres={"libelle": lu})
    return nom.id


def _lire(entite: Entite, libelle: str, sauf: NomCommercial | None = None) -> str:
    lu = lire_texte(libelle, "libelle", LONGUEUR_MAX, vide=textes.NOM_COMMERCIAL_VIDE)
    pris = [entite.raison_sociale, *(n.libelle for n in entite.noms_commerciaux if n is not sauf)]
    if cle(lu) in map(cle, pris):
        raise SaisieInvalide({"libelle": [textes.NOM_EN_DOUBLE]})
    return lu
