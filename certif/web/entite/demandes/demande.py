"""One demande, for the gestionnaire who makes it."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.demandes import actions
from certif.domaine.demandes.actions import manques
from certif.domaine.demandes.demande_identite import enregistrer as enregistrer_l_identite
from certif.domaine.demandes.enregistrement import Saisie, enregistrer
from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.lectures import charger_entiere
from certif.domaine.demandes.pieces import CHAMP
from certif.domaine.demandes.portee import charger
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.demandes import identite as textes_identite
from certif.domaine.libelles.sessions.refus import CODE_POSTAL_MANQUANT
from certif.domaine.temps import format_date
from certif.web.acces import acteur, exige
from certif.web.demandes.page import fichiers_recus, page_demande, remettre
from certif.web.entiers import lire_entier, version_postee
from certif.web.entite.blueprint import bp
from certif.web.entite.demandes.demande_identite import saisie_postee, valeurs
from certif.web.entite.session.formulaire import contexte_ville
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection

ADRESSE = "/demandes/<int:demande_id>"
JOINDRE, PLATEFORME = "joindre", "plateforme"
"""Buttons in the form that save it with one thing more."""
CHAMPS = ("debut_souhaite", "message", "code_postal", "ville", "commentaire")


@bp.get(ADRESSE)
@exige(TypeRole.GESTIONNAIRE)
def demande(entite_id: int, demande_id: int) -> ResponseReturnValue:
    """What is asked, where it is, and what can be done now."""
    return _page(demande_id)


@bp.post(ADRESSE)
@exige(TypeRole.GESTIONNAIRE)
def enregistrer_demande(entite_id: int, demande_id: int) -> Response:
    """Save the form, whichever of its buttons was pressed; then transmit it, if that is what was asked."""
    try:
        _exiger_ce_qu_on_ajoute()
        version = _enregistrer(demande_id)
        if request.form.get("suite") == Action.TRANSMETTRE.value:
            actions.transmettre(acteur(), demande_id, version, request.form.get("commentaire", ""))
            flash(textes.TRANSMISE, "succes")
        elif request.form.get("suite") == Action.ENREGISTRER.value:
            flash(textes.ENREGISTREE, "succes")
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return make_response(_page(demande_id, erreur, request.form), statut_de(erreur))
    return redirection(url_for("entite.demande", entite_id=entite_id, demande_id=demande_id))


@bp.post(f"{ADRESSE}/retrait")
@exige(TypeRole.GESTIONNAIRE)
def retirer_demande(entite_id: int, demande_id: int) -> Response:
    """Withdraw it."""
    try:
        actions.retirer(acteur(), demande_id, version_postee())
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return make_response(_page(demande_id, erreur), statut_de(erreur))
    flash(textes.RETIREE, "succes")
    return redirection(url_for("entite.demande", entite_id=entite_id, demande_id=demande_id))


@bp.get(f"{ADRESSE}/supprimer")
@exige(TypeRole.GESTIONNAIRE)
def confirmer_suppression_demande(entite_id: int, demande_id: int) -> ResponseReturnValue:
    """Which brouillon is about to go, and with how many files."""
    page = page_demande(charger_entiere(acteur(), demande_id), acteur())
    return render_template("demandes/supprimer.html", page=page)


@bp.post(f"{ADRESSE}/supprimer")
@exige(TypeRole.GESTIONNAIRE)
def supprimer_demande(entite_id: int, demande_id: int) -> Response:
    """Delete it; a second click finds it gone and says the same."""
    try:
        actions.supprimer(acteur(), demande_id, version_postee())
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return make_response(_page(demande_id, erreur), statut_de(erreur))
    flash(textes.SUPPRIMEE, "succes")
    return redirection(url_for("entite.demandes_a_traiter", entite_id=entite_id))


@bp.get(f"{ADRESSE}/pieces/<int:piece_id>")
@exige(TypeRole.GESTIONNAIRE)
def piece(entite_id: int, demande_id: int, piece_id: int) -> Response:
    """A joined file."""
    return remettre(acteur(), demande_id, piece_id)


def _exiger_ce_qu_on_ajoute() -> None:
    """« Joindre » and « Ajouter cette plateforme » add something.

    Raises:
        SaisieInvalide: on `pieces` or `code_postal`: nothing is there.
    """
    suite, lu = request.form.get("suite"), request.form
    if suite == JOINDRE and not any(fichier.filename for fichier in request.files.getlist(CHAMP)):
        raise SaisieInvalide({CHAMP: [textes.FICHIER_A_CHOISIR]})
    if suite == PLATEFORME and not (lu.get("code_postal", "").strip() or lu.get("ville", "").strip()):
        raise SaisieInvalide({"code_postal": [CODE_POSTAL_MANQUANT]})


def _enregistrer(demande_id: int) -> int:
    if charger(acteur(), demande_id).d_identite:
        return enregistrer_l_identite(acteur(), demande_id, version_postee(), saisie_postee())
    return enregistrer(acteur(), demande_id, version_postee(), _saisie())


def _saisie() -> Saisie:
    lu = request.form
    return Saisie(
        debut_souhaite=lu.get("debut_souhaite", ""),
        message=lu.get("message", ""),
        code_postal=lu.get("code_postal", ""),
        ville=lu.get("ville", ""),
        fichiers=fichiers_recus(),
        retirer_plateforme=lire_entier(lu.get("retirer_plateforme", "")),
        retirer_piece=lire_entier(lu.get("retirer_piece", "")),
    )


def _page(
    demande_id: int, erreur: ErreurMetier | None = None, saisis: Mapping[str, str] | None = None
) -> str:
    page = page_demande(charger_entiere(acteur(), demande_id), acteur(), erreur)
    mots = {"page": page, "textes": textes, "identite": textes_identite}
    if Action.ENREGISTRER not in page.actions:
        return render_template("demandes/suivi.html", **mots)
    if page.demande.d_identite:
        reste = {"v": valeurs(page, saisis or {}), "manques": list(manques(page.demande).items())}
        return render_template("demandes/saisie_identite.html", **mots, **reste)
    return render_template("demandes/saisie.html", **mots, **_formulaire(page, saisis or {}))


def _formulaire(page: Any, saisis: Mapping[str, str]) -> dict[str, Any]:
    """The values of the form, what was typed first, and what is still missing to transmit it."""
    d = page.demande
    debut = format_date(d.debut_souhaite) if d.debut_souhaite else ""
    enregistres = {"debut_souhaite": debut, "message": d.message}
    v = {champ: saisis.get(champ, enregistres.get(champ, "")) for champ in CHAMPS}
    return {
        "v": v,
        "ville": contexte_ville(v["code_postal"], v["ville"], list(page.erreurs.get("ville", []))),
        "manques": list(manques(d).items()),
    }
