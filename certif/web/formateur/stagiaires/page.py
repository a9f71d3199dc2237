"""The tab "Stagiaires" of the formateur: drafts saved at each answer, results sent, or a comment returned."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, flash, make_response, request, url_for

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.ecrans import CHOISIR_UNE_ACTION
from certif.domaine.libelles.sessions import formateur as textes
from certif.domaine.sessions.actions.resultats import (
    Reponse,
    enregistrer_resultats,
    envoyer_resultats,
    renvoyer_avec_commentaire,
    reprendre_reponses,
)
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.listes import Liste
from certif.domaine.sessions.portee import ligne_de
from certif.domaine.sessions.propositions import est_faite
from certif.domaine.sessions.valeurs import Resultat
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp, charger_session
from certif.web.formateur.stagiaires.formulaires import adresse_de_la_page, faire, fragments, page, vue_de
from certif.web.formateur.stagiaires.reponses import Saisie, lire_annulables
from certif.web.formateur.stagiaires.vue import VueResultats
from certif.web.htmx import Fragment, echec, est_fragment, morceaux, succes
from certif.web.pages_ouvertes import relire_par
from certif.web.sessions.cadre import fragments_du_cadre

RELIRE = "relire"
"""What the button *Faire relire* posts: the answers are kept before the page is left."""
PIECES = ("_refus", "_version", "_outils", "_enregistrement", "_reste", "_jointes")


@bp.get("/sessions/<int:numero>/stagiaires")
def stagiaires(numero: int) -> Response:
    """The trainees and their results; for a page at hand, what they have become."""
    vue = vue_de(numero, Saisie(annulables=lire_annulables(request.args.get("annulables", ""))))
    return morceaux(fragments(vue), 200) if est_fragment() else make_response(page(vue))


@bp.post("/sessions/<int:numero>/stagiaires")
def soumettre(numero: int) -> Response:
    """*Soumettre*: the chosen action."""
    verbe, repondre = {
        Action.ENVOYER_RESULTATS.value: (_envoyer, _apres_envoi),
        Action.RETOUR_COMMENTE.value: (_renvoyer, _apres_retour),
    }.get(request.form.get("action", ""), (_ne_rien_faire, _apres_envoi))
    return faire(numero, verbe, repondre)


def _envoyer(numero: int, version: int, saisie: Saisie) -> Saisie:
    envoyer_resultats(acteur(), numero, version, saisie.reponses, saisie.corrections)
    return Saisie()


def _renvoyer(numero: int, version: int, saisie: Saisie) -> Saisie:
    renvoyer_avec_commentaire(
        acteur(), numero, version, saisie.commentaire, saisie.demandes, saisie.corrections
    )
    return Saisie()


def _ne_rien_faire(numero: int, version: int, saisie: Saisie) -> Saisie:
    raise SaisieInvalide({"action": [CHOISIR_UNE_ACTION]})


def _apres_envoi(numero: int, saisie: Saisie) -> Response:
    vue = vue_de(numero)
    flash(textes.resultats_envoyes(vue.entite, vue.comptes.reussites, vue.comptes.echecs), "succes")
    return succes([*fragments(vue), ("formateur/_messages.html", {})], adresse_de_la_page(numero, saisie))


def _apres_retour(numero: int, saisie: Saisie) -> Response:
    ligne = ligne_de(acteur(), numero)
    commentaire = ligne is not None and bool(ligne.retour_commentaire)
    corrections = ligne is not None and any(not est_faite(ligne, p) for p in ligne.propositions)
    flash(textes.session_renvoyee(numero, commentaire=commentaire, corrections=corrections), "succes")
    return succes([], url_for("formateur.sessions", liste=Liste.A_TRAITER.value))


@bp.post("/sessions/<int:numero>/resultats")
def enregistrer(numero: int) -> Response:
    """Keep the answers of the page."""
    return faire(numero, _enregistrer, _enregistre)


@bp.post("/sessions/<int:numero>/resultats/reussites")
def tous_en_reussite(numero: int) -> Response:
    """*Tous en réussite*: for those without a result."""
    return faire(numero, _tous_en_reussite, _liste_changee)


@bp.post("/sessions/<int:numero>/resultats/annulation")
def annuler(numero: int) -> Response:
    """Undo *Tous en réussite*, except where the answer was changed since."""
    return faire(numero, _annuler, _liste_changee)


@bp.post("/sessions/<int:numero>/resultats/reprise")
def reprendre(numero: int) -> Response:
    """*Reprendre mes réponses précédentes*."""
    return faire(numero, _reprendre, _liste_changee)


def _enregistrer(numero: int, version: int, saisie: Saisie) -> Saisie:
    return _garder(numero, version, saisie, saisie.reponses)


def _tous_en_reussite(numero: int, version: int, saisie: Saisie) -> Saisie:
    inscrits = {stagiaire.id for stagiaire in charger_session(acteur(), numero).stagiaires}
    sans_reponse = inscrits - saisie.reponses.keys()
    reussites = {cle: Reponse(Resultat.REUSSITE) for cle in sans_reponse}
    gardee = _garder(numero, version, saisie, {**saisie.reponses, **reussites})
    return replace(gardee, annulables=frozenset(sans_reponse))


def _annuler(numero: int, version: int, saisie: Saisie) -> Saisie:
    effacees = {
        cle: Reponse(None)
        for cle, reponse in saisie.reponses.items()
        if cle in saisie.annulables and reponse.resultat is Resultat.REUSSITE
    }
    gardee = _garder(numero, version, saisie, {**saisie.reponses, **effacees})
    return replace(gardee, annulables=frozenset())


def _reprendre(numero: int, version: int, saisie: Saisie) -> Saisie:
    fautes = reprendre_reponses(acteur(), numero, version, saisie.reponses, saisie.corrections)
    return replace(saisie, refusees=fautes)


def _garder(numero: int, version: int, saisie: Saisie, reponses: Mapping[int, Reponse]) -> Saisie:
    fautes = enregistrer_resultats(acteur(), numero, version, reponses, saisie.corrections)
    return replace(saisie, refusees=fautes)


def _enregistre(numero: int, saisie: Saisie) -> Response:
    """The pieces around the list, never the list: a finger may be ahead of this answer."""
    if request.form.get("suite") == RELIRE and not saisie.refusees:
        return succes([], url_for("formateur.relire", numero=numero, rang=1))
    vue = vue_de(numero, saisie)
    pieces: list[Fragment] = [(f"formateur/{piece}.html", {"vue": vue}) for piece in PIECES]
    pieces += [("formateur/_correction.html", {"l": ligne}) for ligne in vue.a_redire]
    return _dire(vue, pieces, adresse_de_la_page(numero, saisie))


def _liste_changee(numero: int, saisie: Saisie) -> Response:
    vue = vue_de(numero, saisie)
    pieces: list[Fragment] = [("formateur/_resultats.html", {"vue": vue})]
    return _dire(vue, pieces, adresse_de_la_page(numero, saisie, "outils"))


def _dire(vue: VueResultats, pieces: list[Fragment], vers: str) -> Response:
    """What was saved; a correction that was refused waits beside its field, typed as it was."""
    if vue.saisie.refusees and not est_fragment():
        return echec(pieces, lambda: page(vue), 422)
    return succes(pieces, vers)


def relire(numero: int, onglet: str) -> list[Fragment]:
    """The tab and its frame.

    Raises:
        Introuvable: the session is not this formateur's to open, or not any more.
    """
    vue = vue_de(numero)
    return fragments(vue) if onglet == "stagiaires" else fragments_du_cadre(vue.cadre)


relire_par("formateur", relire)
