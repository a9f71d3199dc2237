"""Asking for another raison sociale, SIRET or trade name: the first click, and the form."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.demandes import lectures
from certif.domaine.demandes.demande_identite import IdentiteDejaDemandee, SaisieIdentite, creer
from certif.domaine.demandes.identite import champ_du_nom
from certif.domaine.entites.identites import identite_de
from certif.domaine.entites.regles import presenter
from certif.domaine.erreurs import ActionImpossible, ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.libelles.demandes import identite as textes
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.personnes.titulaires import entite_de
from certif.web.acces import acteur, exige
from certif.web.demandes.page import PageDemande, fichiers_recus
from certif.web.entiers import lire_entier
from certif.web.entite.blueprint import bp
from certif.web.entite.mon_entite.informations import modifiable
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection

ADRESSE = "/demandes/identite"


@bp.get(ADRESSE)
@exige(TypeRole.GESTIONNAIRE)
def nouvelle_identite(entite_id: int) -> ResponseReturnValue:
    """What can be asked for; the demande itself where one is open."""
    ouverte = lectures.identite_ouverte(entite_id)
    if ouverte is not None:
        return _vers(entite_id, ouverte)
    if not modifiable():
        raise ActionImpossible(entite_suspendue(entite_de(entite_id).raison_sociale))
    return _page(entite_id)


@bp.post(ADRESSE)
@exige(TypeRole.GESTIONNAIRE)
def creer_identite(entite_id: int) -> ResponseReturnValue:
    """Open the brouillon, once, with what was typed where it was refused."""
    jeton, souhaits = request.form.get("jeton", ""), _souhaits()
    try:
        demande_id = _creer(jeton, souhaits)
    except IdentiteDejaDemandee as deja:
        flash(deja.message, "attention")
        return _vers(entite_id, deja.demande_id)
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return make_response(_page(entite_id, erreur.message), statut_de(erreur))
    return _vers(entite_id, demande_id)


def saisie_postee() -> SaisieIdentite:
    """What the form of a demande posts."""
    return SaisieIdentite(
        request.form,
        request.form.get("message", ""),
        fichiers_recus(),
        lire_entier(request.form.get("retirer_piece", "")),
    )


def valeurs(page: PageDemande, saisis: Mapping[str, str]) -> dict[str, Any]:
    """The values of the form, what was typed first."""
    enregistrees = {c.champ: c.souhaite for c in page.comparaisons}
    enregistrees |= {"message": page.demande.message, "commentaire": ""}
    return {champ: saisis.get(champ, valeur) for champ, valeur in enregistrees.items()}


def _souhaits() -> dict[str, str]:
    """Raison sociale and SIRET as typed in MON ENTITÉ, or a trade name on its own page."""
    souhaits = {c: request.form[c] for c in ("raison_sociale", "siret") if c in request.form}
    nom_id = lire_entier(request.form.get("nom_id", ""))
    if nom_id is not None:
        souhaits[champ_du_nom(nom_id)] = request.form.get("libelle", "")
    return souhaits


def _creer(jeton: str, souhaits: dict[str, str]) -> int:
    try:
        return creer(acteur(), jeton, souhaits)
    except SaisieInvalide as erreur:
        # What cannot be asked for is said; the rest is taken over.
        repris = {champ: texte for champ, texte in souhaits.items() if champ not in erreur.champs}
        demande_id = creer(acteur(), jeton, repris)
        for champ, messages in erreur.champs.items():
            flash(textes.non_repris(champ, " ".join(messages)), "attention")
        return demande_id


def _vers(entite_id: int, demande_id: int) -> Response:
    return redirection(url_for("entite.demande", entite_id=entite_id, demande_id=demande_id))


def _page(entite_id: int, message: str = "") -> str:
    actuelle = identite_de(entite_de(entite_id))
    lignes = [
        (textes.CHAMPS["raison_sociale"], actuelle.raison_sociale),
        (textes.CHAMPS["siret"], presenter(actuelle.siret) or textes.AUCUN),
        *((textes.CHAMPS["nom_commercial"], libelle) for libelle in actuelle.noms.values()),
    ]
    return render_template(
        "demandes/nouvelle_identite.html",
        entite_id=entite_id,
        actuelle=lignes,
        message=message,
        jeton=request.form.get("jeton") or secrets.token_urlsafe(32),
        identite=textes,
    )
