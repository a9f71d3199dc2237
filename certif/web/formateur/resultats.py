"""The tab "Stagiaires" of the formateur: the results, sent or returned with a comment."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import formateur as textes
from certif.domaine.libelles.ecrans import CHOISIR_UNE_ACTION
from certif.domaine.sessions.actions.resultats import envoyer_resultats, renvoyer_avec_commentaire
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.listes import Liste
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp
from certif.web.formateur.gestes import adresse_de_la_page, faire, fragments, page, vue_de
from certif.web.formateur.saisie import Saisie, lire_annulables
from certif.web.htmx import succes


@bp.get("/sessions/<int:numero>/stagiaires")
def stagiaires(numero: int) -> str:
    """The trainees and their results."""
    return page(vue_de(numero, Saisie(annulables=lire_annulables(request.args.get("annulables", "")))))


@bp.post("/sessions/<int:numero>/stagiaires")
def soumettre(numero: int) -> Response:
    """*Soumettre*: the chosen action."""
    geste, repondre = {
        Action.ENVOYER_RESULTATS.value: (_envoyer, _apres_envoi),
        Action.RETOUR_COMMENTE.value: (_renvoyer, _apres_retour),
    }.get(request.form.get("action", ""), (_ne_rien_faire, _apres_envoi))
    return faire(numero, geste, repondre)


def _envoyer(numero: int, version: int, saisie: Saisie) -> Saisie:
    envoyer_resultats(acteur(), numero, version, saisie.reponses)
    return Saisie()


def _renvoyer(numero: int, version: int, saisie: Saisie) -> Saisie:
    renvoyer_avec_commentaire(acteur(), numero, version, saisie.commentaire)
    return Saisie()


def _ne_rien_faire(numero: int, version: int, saisie: Saisie) -> Saisie:
    raise SaisieInvalide({"action": [CHOISIR_UNE_ACTION]})


def _apres_envoi(numero: int, saisie: Saisie) -> Response:
    vue = vue_de(numero)
    flash(textes.resultats_envoyes(vue.entite, vue.comptes.reussites, vue.comptes.echecs), "succes")
    return succes([*fragments(vue), ("formateur/_messages.html", {})], adresse_de_la_page(numero, saisie))


def _apres_retour(numero: int, saisie: Saisie) -> Response:
    flash(textes.session_renvoyee(numero), "succes")
    return succes([], url_for("formateur.sessions", liste=Liste.A_TRAITER.value))
