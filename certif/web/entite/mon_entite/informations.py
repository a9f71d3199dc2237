"""MON ENTITÉ: what the entité is, what its certificates print, who speaks for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.apercu import apercu_de_l_entite
from certif.domaine.certificats.premiers_pas import premiers_pas
from certif.domaine.demandes.lectures import identite_ouverte
from certif.domaine.entites.chargement import FichePerimee
from certif.domaine.entites.identites import confirmer_le_nom
from certif.domaine.entites.logos import logo_de, pales
from certif.domaine.entites.noms_commerciaux import NOMBRE_MAX
from certif.domaine.entites.regles import presenter
from certif.domaine.libelles.demandes.identite import NOMBRE_ATTEINT
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.libelles.personnes import EFFET_D_UNE_SUSPENSION
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Entite, Individu, NomCommercial
from certif.domaine.personnes.titulaires import entite_de, utilisateurs_de
from certif.web.acces import acteur, acteur_peut_ecrire, exige
from certif.web.document import afficher_pdf
from certif.web.entite.blueprint import bp
from certif.web.htmx import redirection

_SIGNATURE = ("signataire", "signataire_qualite")
_NON_RENSEIGNE = "—"


@dataclass(frozen=True, slots=True)
class CarteNom:
    """A trade name as it is read; `logo` is the address of its own picture, or "", `pale` when it is."""

    id: int
    libelle: str
    logo: str
    pale: bool


@bp.get("/informations")
def informations(entite_id: int) -> ResponseReturnValue:
    """Who the entité is; a gestionnaire also reads who the délégataires are, and may change the rest."""
    lus = [TypeRole.GESTIONNAIRE]
    if acteur().role is TypeRole.GESTIONNAIRE:
        lus.append(TypeRole.DELEGATAIRE)
    entite = entite_de(entite_id)
    noms = entite.noms_commerciaux
    peu_visibles = pales((entite.logo_sha256, *(nom.logo_sha256 for nom in noms)))
    return render_template(
        "entite/informations.html",
        entite=entite,
        identite=_identite(entite),
        signature=[(textes.CHAMPS[c], getattr(entite, c) or _NON_RENSEIGNE) for c in _SIGNATURE],
        logo=adresse_du_logo(entite),
        pale=entite.logo_sha256 in peu_visibles,
        noms=[carte_du_nom(nom, peu_visibles) for nom in noms],
        complet=NOMBRE_ATTEINT if len(noms) >= NOMBRE_MAX else "",
        modifiable=modifiable(),
        donnees=acteur().role is TypeRole.GESTIONNAIRE,
        textes=textes,
        suspension=EFFET_D_UNE_SUSPENSION,
        identite_demandee=_identite_demandee(entite_id),
        equipe={role: [_personne(i) for i in utilisateurs_de(entite_id, role)] for role in lus},
    )


@bp.post("/informations/nom-exact")
@exige(TypeRole.GESTIONNAIRE)
def confirmer_nom(entite_id: int) -> Response:
    """The name is exact: it is not asked again while it stays; who begins goes on to the next step."""
    try:
        confirmer_le_nom(acteur(), request.form.get("nom", ""))
        flash(textes.NOM_CONFIRME, "succes")
        if premiers_pas(acteur()):
            return redirection(url_for("entite.accueil", entite_id=entite_id))
    except FichePerimee:
        flash(textes.NOM_CHANGE, "attention")
    return redirection(url_for("entite.informations", entite_id=entite_id))


@bp.get("/informations/logo.png")
def image_logo(entite_id: int) -> Response:
    """The logo of the entité."""
    return Response(logo_de(acteur()), mimetype="image/png")


@bp.get("/informations/noms/<int:nom_id>/logo.png")
def image_logo_nom(entite_id: int, nom_id: int) -> Response:
    """The logo of a trade name."""
    return Response(logo_de(acteur(), nom_id), mimetype="image/png")


@bp.get("/informations/apercu")
def apercu_entite(entite_id: int) -> Response:
    """What its certificates look like."""
    return _apercu()


@bp.get("/informations/noms/<int:nom_id>/apercu")
def apercu_nom(entite_id: int, nom_id: int) -> Response:
    """What they look like under a trade name."""
    return _apercu(nom_id)


def modifiable() -> bool:
    """Whether who is here may change what is printed in the name of the entité (R17)."""
    return acteur().role is TypeRole.GESTIONNAIRE and acteur_peut_ecrire()


def adresse_du_logo(entite: Entite) -> str:
    """Where the picture is; "" without one. The address changes with it, so that no stale one is shown."""
    if entite.logo_sha256 is None:
        return ""
    return url_for("entite.image_logo", entite_id=entite.id, v=entite.logo_sha256[:8])


def carte_du_nom(nom: NomCommercial, peu_visibles: Collection[str]) -> CarteNom:
    """A trade name with its own picture, if it has one, and whether that is among these."""
    logo = ""
    if nom.logo_sha256 is not None:
        logo = url_for("entite.image_logo_nom", entite_id=nom.entite_id, nom_id=nom.id, v=nom.logo_sha256[:8])
    return CarteNom(nom.id, nom.libelle, logo, nom.logo_sha256 in peu_visibles)


def demande_offerte(erreurs: Mapping[str, Sequence[str]]) -> bool:
    """Whether one of these refusals is for the administrateur to lift, by a demande."""
    return any(
        m in (textes.PAR_DEMANDE, textes.SIRET_PAR_DEMANDE) for messages in erreurs.values() for m in messages
    )


def nom_a_confirmer(entite_id: int) -> bool:
    """Whether who comes in has yet to look at the name; a demande that is open is an answer too."""
    entite = entite_de(entite_id)
    return modifiable() and not entite.nom_est_confirme and _identite_demandee(entite_id) is None


def _identite_demandee(entite_id: int) -> int | None:
    """The open demande of another identity, for who may read it."""
    return identite_ouverte(entite_id) if acteur().role is TypeRole.GESTIONNAIRE else None


def _identite(entite: Entite) -> list[tuple[str, str]]:
    ville = f"{entite.code_postal} {entite.ville}".strip()
    lignes = {
        "raison_sociale": entite.raison_sociale,
        "siret": presenter(entite.siret),
        "adresse": ", ".join(filter(None, (entite.adresse, ville))),
        "email": entite.email,
        "telephone": entite.telephone,
    }
    return [(textes.CHAMPS[champ], valeur or _NON_RENSEIGNE) for champ, valeur in lignes.items()]


def _apercu(nom_id: int | None = None) -> Response:
    return afficher_pdf(*apercu_de_l_entite(acteur(), nom_id))


def _personne(individu: Individu) -> dict[str, str]:
    return {
        "nom": nom_affiche(individu.nom, individu.prenom),
        "numero": individu.numero,
        "email": individu.email or "",
    }
