"""Drafts of results: saved at each answer, filled at once, undone, taken back from the last submission."""

from __future__ import annotations

from dataclasses import replace

from flask import Response

from certif.domaine.sessions.actions.resultats import Reponse, enregistrer_resultats, reprendre_reponses
from certif.domaine.sessions.modeles import Resultat
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp
from certif.web.formateur.chargement import charger_session
from certif.web.formateur.gestes import adresse_de_la_page, faire, vue_de
from certif.web.formateur.saisie import Saisie
from certif.web.htmx import succes

PIECES = ("_refus", "_version", "_outils", "_enregistrement", "_reste")


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
    enregistrer_resultats(acteur(), numero, version, saisie.reponses)
    return saisie


def _tous_en_reussite(numero: int, version: int, saisie: Saisie) -> Saisie:
    inscrits = {stagiaire.id for stagiaire in charger_session(acteur(), numero).stagiaires}
    sans_reponse = inscrits - saisie.reponses.keys()
    reussites = {cle: Reponse(Resultat.REUSSITE) for cle in sans_reponse}
    enregistrer_resultats(acteur(), numero, version, {**saisie.reponses, **reussites})
    return replace(saisie, annulables=frozenset(sans_reponse))


def _annuler(numero: int, version: int, saisie: Saisie) -> Saisie:
    effacees = {
        cle: Reponse(None)
        for cle, reponse in saisie.reponses.items()
        if cle in saisie.annulables and reponse.resultat is Resultat.REUSSITE
    }
    enregistrer_resultats(acteur(), numero, version, {**saisie.reponses, **effacees})
    return replace(saisie, annulables=frozenset())


def _reprendre(numero: int, version: int, saisie: Saisie) -> Saisie:
    reprendre_reponses(acteur(), numero, version, saisie.reponses)
    return saisie


def _enregistre(numero: int, saisie: Saisie) -> Response:
    """The pieces around the list, never the list: a finger may be ahead of this answer."""
    vue = vue_de(numero, saisie)
    pieces = [(f"formateur/{piece}.html", {"vue": vue}) for piece in PIECES]
    return succes(pieces, adresse_de_la_page(numero, saisie))


def _liste_changee(numero: int, saisie: Saisie) -> Response:
    vue = vue_de(numero, saisie)
    return succes([("formateur/_resultats.html", {"vue": vue})], adresse_de_la_page(numero, saisie, "outils"))
