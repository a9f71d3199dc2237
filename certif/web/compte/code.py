"""The second step of a login: a code of the telephone, or one of the recovery codes."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from certif.domaine.acces.second_facteur import terminer
from certif.domaine.erreurs import ActionImpossible, ErreurMetier
from certif.domaine.libelles.acces.second_facteur import ETAPE_PERIMEE, PAGE_PERIMEE
from certif.web import connexion as navigateur
from certif.web import erreurs
from certif.web.acces import public
from certif.web.htmx import Fragment, echec, est_fragment, page_ou_fragments, redirection
from certif.web.presence import abandonner, attente_en_cours, entrer, provenance

bp = public(Blueprint("code", __name__, url_prefix="/connexion/code"))


@bp.get("")
def page() -> ResponseReturnValue:
    """The field for the code, in its page or in the dialog over an untouched form."""
    if attente_en_cours() is None:
        return _recommencer(navigateur.chemin_sur(request.args.get("suivant")))
    contexte = _contexte(request.args.get("suivant"), "secours" in request.args)
    return page_ou_fragments([_dialogue(contexte)], lambda: render_template("compte/code.html", **contexte))


@bp.post("")
def verifier() -> Response:
    """Open the login if the code is right."""
    suivant, secours = request.form.get("suivant"), bool(request.form.get("secours"))
    attente = attente_en_cours()
    if attente is None:
        return _recommencer(navigateur.chemin_sur(suivant))
    attendu = navigateur.individu_attendu()
    try:
        ouverture = terminer(attente, request.form.get("code", ""), secours=secours, depuis=provenance())
    except ActionImpossible:
        abandonner()
        return _recommencer(navigateur.chemin_sur(suivant))
    except ErreurMetier as erreur:
        return _refuser(erreur, erreurs.statut_de(erreur))
    return entrer(ouverture, attendu, suivant)


@bp.errorhandler(CSRFError)
def jeton_perime(erreur: CSRFError) -> Response:
    """The page was left open for too long: it is offered again with a fresh token."""
    if attente_en_cours() is None:
        return erreurs.jeton_perime(erreur)
    return _refuser(ErreurMetier(PAGE_PERIMEE), 400)


def _recommencer(suivant: str | None) -> Response:
    """Nothing waits for a code here: back to the password, in the dialog too; home for who is logged in."""
    if navigateur.personne():
        return redirection(suivant or url_for("compte.accueil"))
    if request.method == "GET" and not est_fragment():
        return redirection(url_for("compte.connexion", suivant=suivant))
    contexte = {"erreur": ETAPE_PERIMEE, "identifiant": "", "suivant": suivant}
    return echec(
        [("compte/_connexion_dialogue.html", contexte)],
        lambda: render_template("compte/connexion.html", **contexte),
        409,
    )


def _refuser(erreur: ErreurMetier, statut: int) -> Response:
    contexte = _contexte(request.form.get("suivant"), bool(request.form.get("secours")))
    contexte |= {"erreur": erreur.message, "code": request.form.get("code", "")[:40]}
    return echec([_dialogue(contexte)], lambda: render_template("compte/code.html", **contexte), statut)


def _dialogue(contexte: dict[str, Any]) -> Fragment:
    return "compte/_code_dialogue.html", contexte


def _contexte(suivant: str | None, secours: bool) -> dict[str, Any]:
    return {"suivant": navigateur.chemin_sur(suivant), "secours": secours, "erreur": None, "code": ""}
