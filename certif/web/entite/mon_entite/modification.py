"""Changing what the entité is: one form, all or nothing, which never overwrites what changed meanwhile."""

import secrets
from collections.abc import Mapping

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.entites.chargement import FichePerimee
from certif.domaine.entites.mon_entite import CHAMPS, enregistrer_fiche, valeurs_de
from certif.domaine.entites.regles import presenter
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.ecrans import page_indiquait
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.personnes.titulaires import entite_de
from certif.socle.condense import condense_court
from certif.web.acces import acteur, exige
from certif.web.entite.blueprint import bp
from certif.web.entite.mon_entite.informations import demande_offerte, modifiable
from certif.web.entite.session.formulaire import contexte_ville
from certif.web.htmx import redirection


@bp.get("/informations/modifier")
@exige(TypeRole.GESTIONNAIRE)
def modifier_entite(entite_id: int) -> ResponseReturnValue:
    """The form; a suspended entité is only read."""
    if not modifiable():
        return redirection(url_for("entite.informations", entite_id=entite_id))
    return _page(entite_id)


@bp.post("/informations/modifier")
@exige(TypeRole.GESTIONNAIRE)
def enregistrer_entite(entite_id: int) -> ResponseReturnValue:
    """Save it; what was refused, or what changed meanwhile, is said beside its field."""
    saisis = {champ: request.form.get(champ, "") for champ in CHAMPS}
    marque = request.form.get("marque", "")
    try:
        change = enregistrer_fiche(acteur(), marque, saisis)
    except FichePerimee as erreur:
        return _page(entite_id, erreurs=_ecarts(entite_id, saisis), perimee=erreur), 409
    except SaisieInvalide as erreur:
        return _page(entite_id, saisis, erreur.champs, marque=marque), 422
    flash(textes.ENREGISTREE if change else textes.INCHANGEE, "succes" if change else "info")
    return redirection(url_for("entite.informations", entite_id=entite_id))


def _page(
    entite_id: int,
    saisis: Mapping[str, str] | None = None,
    erreurs: Mapping[str, list[str]] | None = None,
    perimee: FichePerimee | None = None,
    marque: str = "",
) -> str:
    """The form as it was typed, or as it is stored."""
    stockees = valeurs_de(entite_de(entite_id))
    valeurs = saisis or {**stockees, "siret": presenter(stockees["siret"])}
    erreurs = erreurs or {}
    return render_template(
        "entite/modifier_informations.html",
        entite_id=entite_id,
        v=valeurs,
        e=erreurs,
        libelles=textes.CHAMPS,
        a_demander=demande_offerte(erreurs),
        jeton=secrets.token_urlsafe(32),
        resume=[] if perimee else [(champ, " ".join(erreurs[champ])) for champ in CHAMPS if champ in erreurs],
        champ_ville=contexte_ville(valeurs["code_postal"], valeurs["ville"], list(erreurs.get("ville", []))),
        marque=marque or condense_court(stockees),
        perimee=perimee,
    )


def _ecarts(entite_id: int, saisis: Mapping[str, str]) -> dict[str, list[str]]:
    """Field by field, what a stale form said where it differs from what is stored."""
    stockees = valeurs_de(entite_de(entite_id))
    stockees["siret"] = presenter(stockees["siret"])
    return {
        champ: [page_indiquait(saisi.strip()[:200])]
        for champ, saisi in saisis.items()
        if saisi.strip() and saisi.strip() != stockees[champ]
    }
