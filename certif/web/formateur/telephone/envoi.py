"""Answers that waited on a phone: the same verbs as the page's, answered for a program, not a reader."""

from flask import Response, jsonify, make_response, request

from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.sessions.actions.resultats import (
    enregistrer_resultats,
    envoyer_resultats,
    renvoyer_avec_commentaire,
)
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.portee import charger
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.erreurs import statut_de
from certif.web.formateur.blueprint import bp
from certif.web.formateur.stagiaires.reponses import Saisie, lire_saisie


@bp.post("/sessions/<int:numero>/telephone")
def recevoir(numero: int) -> Response:
    """Do what `geste` says with the form that waited, under the version that its page had.

    `issue` tells the phone what became of it: "faite" (again, when it had been done already), "gardee" but
    for a correction, "reprise" when the session is no longer theirs, else "a-relire": they have to look.
    """
    try:
        try:
            refusees = _faire(numero, version_postee(), lire_saisie(request.form))
        except SaisieInvalide:
            charger(acteur(), numero)  # nobody else is told what was wrong
            raise
    except Introuvable:
        return _dire(404, "reprise")
    except ErreurMetier as erreur:
        return _dire(statut_de(erreur), "a-relire")
    return _dire(200, "gardee" if refusees else "faite")


def _faire(numero: int, version: int, saisie: Saisie) -> bool:
    """Whether a correction was left out, and the rest kept."""
    geste = request.form.get("geste", "")
    if geste == Action.ENREGISTRER_RESULTATS:
        return bool(enregistrer_resultats(acteur(), numero, version, saisie.reponses, saisie.corrections))
    if geste == Action.ENVOYER_RESULTATS:
        envoyer_resultats(acteur(), numero, version, saisie.reponses, saisie.corrections)
    elif geste == Action.RETOUR_COMMENTE:
        renvoyer_avec_commentaire(
            acteur(), numero, version, saisie.commentaire, saisie.demandes, saisie.corrections
        )
    else:
        raise SaisieInvalide({"geste": []})
    return False


def _dire(statut: int, issue: str) -> Response:
    return make_response(jsonify(certif=1, issue=issue), statut)
