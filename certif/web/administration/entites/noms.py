"""What an entité is called, on its record: its names, those it had, its logos, and those to be admitted."""

from collections.abc import Collection
from typing import Any

from flask import Response, request

from certif.domaine.acteur import Acteur
from certif.domaine.demandes.identite import champ_d_ajout, champ_du_nom
from certif.domaine.entites.identites import historique_des_noms
from certif.domaine.entites.logos import logo_lu
from certif.domaine.entites.noms_commerciaux import NOMBRE_MAX
from certif.domaine.entites.noms_pris import porteurs
from certif.domaine.libelles.demandes import identite as textes_demande
from certif.domaine.libelles.entites import identite as textes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.changements_de_nom import corriger_les_noms
from certif.web.acces import acteur
from certif.web.administration.accueil import bp
from certif.web.demandes.identite import nommer
from certif.web.entiers import lire_entier
from certif.web.fiches import (
    Bouton,
    Champ,
    Colonne,
    Geste,
    Ligne,
    Recapitulatif,
    Section,
    Tableau,
    Texte,
    adresse,
)

NOMS = "Noms commerciaux"
"""Section of the record, where they are changed."""
_LIBRE = 400


def noms(entite: Entite) -> Section:
    """Its trade names."""
    lignes = [Ligne((nom.libelle,)) for nom in entite.noms_commerciaux]
    return Section(NOMS, tableau=Tableau((Colonne("Nom"),), lignes), vide="Aucun nom commercial.")


def historique(entite: Entite) -> Section:
    """What it was called, and who changed it."""
    lignes = [
        Ligne(
            (
                x.entree.quand,
                x.numero or "Application",
                *textes.ligne(x.entree.action, x.entree.avant or {}, x.entree.apres or {}),
            )
        )
        for x in historique_des_noms(entite.id)
    ]
    colonnes = (Colonne("Quand"), Colonne("Qui"), Colonne("Quoi"), Colonne("Avant → après"))
    return Section("Historique des noms", tableau=Tableau(colonnes, lignes), vide="Rien n’a changé.")


def logos(entite: Entite) -> list[Bouton]:
    """What its certificates print, to be looked at: each picture there is."""
    images: list[tuple[str, str | None, dict[str, int]]] = [(entite.raison_sociale, entite.logo_sha256, {})]
    images += [(n.libelle, n.logo_sha256, {"nom_id": n.id}) for n in entite.noms_commerciaux]
    return [
        Bouton(textes.logo_de(nom), adresse("logo_d_une_entite", identifiant=entite.id, **lequel))
        for nom, sha256, lequel in images
        if sha256 is not None
    ]


@bp.get("/entites/<int:identifiant>/logo.png")
def logo_d_une_entite(identifiant: int) -> Response:
    """The picture that its certificates print, or that of the trade name `?nom_id=`."""
    nom_id = lire_entier(request.args.get("nom_id", ""))
    return Response(logo_lu(acteur(), identifiant, nom_id), mimetype="image/png")


def a_admettre_en_creant(_: Acteur, raison_sociale: str, **reste: Any) -> Recapitulatif | None:
    """Who has the name of the entité to be created, where somebody does."""
    return _a_admettre(None, [raison_sociale])


def a_admettre_en_corrigeant(
    _: Acteur, entite: Entite, raison_sociale: str, **reste: Any
) -> Recapitulatif | None:
    """The same, of a raison sociale that is corrected."""
    return _a_admettre(entite.id, [raison_sociale])


def _noms_a_admettre(_: Acteur, entite: Entite, **saisis: str) -> Recapitulatif | None:
    return _a_admettre(entite.id, [nom for nom in saisis.values() if nom])


def _a_admettre(entite_id: int | None, voulus: Collection[str]) -> Recapitulatif | None:
    pris = porteurs(entite_id, voulus)
    deja = [textes.deja_pris(nommer(e), nom) for nom, autres in pris.items() for e in autres]
    return Recapitulatif((*deja, textes.ADMETTRE)) if deja else None


def _champs(entite: Entite) -> tuple[Champ, ...]:
    siens = entite.noms_commerciaux
    champs = [(champ_du_nom(n.id), textes_demande.titre_d_un_nom(n.libelle)) for n in siens]
    ajouts = range(NOMBRE_MAX - len(siens))
    champs += [(champ_d_ajout(rang), textes_demande.CHAMPS["nouveau_nom"]) for rang in ajouts]
    return tuple(Texte(nom=nom, libelle=libelle, requis=False, maximum=_LIBRE) for nom, libelle in champs)


MODIFIER_LES_NOMS = Geste(
    nom="noms-commerciaux",
    libelle="Modifier les noms commerciaux",
    introduction=textes_demande.VIDER,
    champs=_champs,
    valeurs=lambda e: {champ_du_nom(n.id): n.libelle for n in e.noms_commerciaux},
    recapituler=_noms_a_admettre,
    au_besoin=True,
    appliquer=corriger_les_noms,
    fait="Les noms commerciaux sont modifiés.",
    dans=NOMS,
)
