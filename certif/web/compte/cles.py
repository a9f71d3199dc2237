"""Passkeys: mine, and logging in with one. The page's script asks for a question and posts the answer."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from certif.domaine.acces import authentificateurs, cles_acces
from certif.domaine.acces.authentificateurs import Defi
from certif.domaine.acces.cles_acces import cles_de
from certif.domaine.acces.presence import est_fraiche
from certif.domaine.acces.second_facteur import facteurs_de
from certif.domaine.erreurs import ErreurMetier, Refus, SaisieInvalide
from certif.web import connexion as navigateur
from certif.web import erreurs
from certif.web.acces import connecte, public
from certif.web.htmx import echec, redirection
from certif.web.presence import entrer, poser_defi, prendre_defi, present, provenance

bp = Blueprint("cles", __name__)

AJOUT, CONNEXION = "ajout", "connexion"


@bp.get("/compte/cles-acces")
@connecte
def page() -> ResponseReturnValue:
    """My passkeys."""
    return _page()


@bp.post("/compte/cles-acces/question")
@connecte
def demander_l_ajout() -> Response:
    """What this browser must ask of an authenticator to make a passkey."""
    moi = present()
    try:
        libelle, mot_de_passe = request.form.get("libelle", ""), request.form.get("mot_de_passe", "")
        defi = cles_acces.defi_d_ajout(moi.individu_id, moi.connexion_id, libelle, mot_de_passe, provenance())
    except ErreurMetier as erreur:
        return make_response(jsonify(message=erreur.message), erreurs.statut_de(erreur))
    return _poser(AJOUT, defi)


@bp.post("/compte/cles-acces")
@connecte
def ajouter() -> Response:
    """Keep the passkey just made."""
    moi = present()
    libelle, reponse = request.form.get("libelle", ""), request.form.get("reponse", "")
    try:
        cles_acces.ajouter(moi.individu_id, moi.connexion_id, prendre_defi(AJOUT), reponse, libelle)
    except SaisieInvalide as erreur:
        return _page(422, erreurs=erreur.champs, libelle=libelle)
    except Refus as erreur:
        return _page(422, message=erreur.message, libelle=libelle)
    flash("Clé d’accès ajoutée : elle ouvre votre compte sans mot de passe.", "succes")
    return redirection(navigateur.page_retenue(prendre=True) or url_for("cles.page"))


@bp.post("/compte/cles-acces/<int:cle_id>/retirer")
@connecte
def retirer(cle_id: int) -> Response:
    """Forget one of my passkeys."""
    moi = present()
    mot_de_passe = request.form.get("mot_de_passe", "")
    try:
        cles_acces.retirer(moi.individu_id, moi.connexion_id, cle_id, mot_de_passe, provenance())
    except SaisieInvalide as erreur:
        return _page(422, erreurs=erreur.champs, cle_id=cle_id)
    flash("Clé d’accès retirée : elle n’ouvre plus votre compte.", "succes")
    return redirection(url_for("cles.page"))


@bp.post("/connexion/cle-acces/question")
@public
def demander_la_connexion() -> Response:
    """What this browser must ask of an authenticator to log in."""
    return _poser(CONNEXION, authentificateurs.question_de_connexion())


@bp.post("/connexion/cle-acces")
@public
def se_connecter() -> Response:
    """Log in with the passkey that answered."""
    suivant, attendu = request.form.get("suivant"), navigateur.individu_attendu()
    try:
        ouverture = cles_acces.connecter_par_cle(
            prendre_defi(CONNEXION), request.form.get("reponse", ""), provenance()
        )
    except ErreurMetier as erreur:
        return _refuser(erreur.message, erreurs.statut_de(erreur))
    return entrer(ouverture, attendu, suivant)


@bp.errorhandler(CSRFError)
def jeton_perime(erreur: CSRFError) -> Response:
    """A login page left open for too long is offered again; its script is told in its own language."""
    if request.endpoint == "cles.se_connecter" and not navigateur.personne():
        return _refuser("Cette page était ouverte depuis trop longtemps. Recommencez.", 400)
    if request.endpoint in ("cles.demander_la_connexion", "cles.demander_l_ajout"):
        return make_response(jsonify(message="Rechargez la page, puis recommencez."), 400)
    return erreurs.jeton_perime(erreur)


def _poser(pour: str, defi: Defi) -> Response:
    poser_defi(pour, defi.valeur)
    return jsonify(defi.options)


def _page(statut: int = 200, **contexte: Any) -> Response:
    moi = present()
    facteurs = facteurs_de(moi.individu_id)
    contexte = {"erreurs": {}, "message": None, "libelle": "", "cle_id": None, **contexte}
    texte = render_template(
        "compte/cles_acces.html",
        cles=cles_de(moi.individu_id),
        fraiche=est_fraiche(moi.connexion_id),
        possibles=authentificateurs.possibles(),
        a_montrer=facteurs.proteges and not moi.second_facteur,
        **contexte,
    )
    return make_response(texte, statut)


def _refuser(message: str, statut: int) -> Response:
    """The login page, or its dialog; a person already logged in only hears why."""
    contexte = {
        "erreur_cle": message,
        "suivant": navigateur.chemin_sur(request.form.get("suivant")),
        "cles_possibles": authentificateurs.possibles(),
    }
    dialogue = ("compte/_connexion_dialogue.html", contexte)
    return echec([dialogue], lambda: render_template("compte/connexion.html", **contexte), statut)
