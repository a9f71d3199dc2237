"""The trade names of the entité: written otherwise, given a logo, removed; another is asked for."""

import secrets
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.entites import noms_commerciaux as actions
from certif.domaine.entites.chargement import FichePerimee, empreinte_du_nom, nom_commercial_de
from certif.domaine.entites.logos import pales
from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles.ecrans import page_indiquait
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.sessions.changements_de_nom import retirer, sessions_au_nom
from certif.web.acces import acteur, exige
from certif.web.entite.blueprint import bp
from certif.web.entite.mon_entite.informations import carte_du_nom, demande_offerte, modifiable
from certif.web.entite.mon_entite.logo import porte_le_nom, recevoir
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection

_NOM = "/informations/noms/<int:nom_id>"


@bp.get(_NOM)
@exige(TypeRole.GESTIONNAIRE)
def nom_commercial(entite_id: int, nom_id: int) -> ResponseReturnValue:
    """One trade name, to change it."""
    page = _page(nom_id)
    return page if modifiable() else _vers_l_entite(entite_id)


@bp.post(_NOM)
@exige(TypeRole.GESTIONNAIRE)
def renommer_nom(entite_id: int, nom_id: int) -> ResponseReturnValue:
    """Write it otherwise."""
    libelle, marque = request.form.get("libelle", ""), request.form.get("marque", "")
    try:
        actions.corriger(acteur(), nom_id, marque, libelle)
    except FichePerimee as erreur:
        ecart = [page_indiquait(libelle.strip()[:200])]
        return _page(nom_id, erreurs={"libelle": ecart}, perimee=erreur), 409
    except SaisieInvalide as erreur:
        return _page(nom_id, libelle=libelle, erreurs=erreur.champs, marque=marque), 422
    flash(textes.nom_renomme(nom_commercial_de(acteur(), nom_id).libelle), "succes")
    return _vers_l_entite(entite_id)


@bp.post(f"{_NOM}/logo")
@exige(TypeRole.GESTIONNAIRE)
def changer_logo_nom(entite_id: int, nom_id: int) -> ResponseReturnValue:
    """Give it a logo of its own, or take it away."""
    try:
        recevoir(nom_id)
    except (SaisieInvalide, ServiceIndisponible) as erreur:
        return _page(nom_id, erreurs={"logo": [erreur.message]}), statut_de(erreur)
    return redirection(url_for("entite.nom_commercial", entite_id=entite_id, nom_id=nom_id))


@bp.get(f"{_NOM}/retirer")
@exige(TypeRole.GESTIONNAIRE)
def confirmer_retrait_nom(entite_id: int, nom_id: int) -> ResponseReturnValue:
    """Which name is about to go, and how many sessions lose it."""
    page = _retrait(entite_id, nom_id)
    return page if modifiable() else _vers_l_entite(entite_id)


@bp.post(f"{_NOM}/retirer")
@exige(TypeRole.GESTIONNAIRE)
def retirer_nom(entite_id: int, nom_id: int) -> ResponseReturnValue:
    """Remove it; a second click finds it gone and says the same."""
    try:
        retirer(acteur(), nom_id, request.form.get("marque", ""))
    except FichePerimee as erreur:
        return _retrait(entite_id, nom_id, erreur), 409
    flash(textes.NOM_RETIRE, "succes")
    return _vers_l_entite(entite_id)


def _vers_l_entite(entite_id: int) -> ResponseReturnValue:
    return redirection(url_for("entite.informations", entite_id=entite_id))


def _page(nom_id: int, libelle: str | None = None, marque: str = "", **reste: Any) -> str:
    nom = nom_commercial_de(acteur(), nom_id)
    contexte = {"erreurs": {}, "perimee": None, **reste}
    return render_template(
        "entite/nom_commercial.html",
        a_demander=demande_offerte(contexte["erreurs"]),
        nom=carte_du_nom(nom, pales([nom.logo_sha256])),
        entite=nom.entite,
        libelle=nom.libelle if libelle is None else libelle,
        marque=marque or empreinte_du_nom(nom),
        jeton=secrets.token_urlsafe(32),
        maximum=actions.LONGUEUR_MAX,
        porte_le_nom=porte_le_nom(nom, "logo" in contexte["erreurs"]),
        **contexte,
    )


def _retrait(entite_id: int, nom_id: int, perimee: FichePerimee | None = None) -> str:
    nom = nom_commercial_de(acteur(), nom_id)
    return render_template(
        "entite/retirer_nom.html",
        nom=nom,
        effet=textes.effet_du_retrait(sessions_au_nom(nom.id), nom.entite.raison_sociale),
        marque=empreinte_du_nom(nom),
        perimee=perimee,
    )
