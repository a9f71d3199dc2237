"""Verification by anyone (R15): by number, with an identity, with a file. No name is ever in an address."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from certif.domaine.certificats.registre import numeros, verification
from certif.domaine.certificats.registre.numeros import NumeroMalSaisi
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.certificats import verification as textes
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.socle.base.extensions import limiter
from certif.web.acces import public
from certif.web.erreurs import MESSAGES
from certif.web.limites import client
from certif.web.televersement import condense_les_fichiers, fichier_condense
from certif.web.verification.verdicts import Verdict, du_fichier, du_numero

DEMANDES = "30 per minute"
"""Of one client address, all pages of verification together."""

MEGAOCTETS_MAX = 100
"""Of a file: more than the zip of a thousand certificates."""

bp = public(Blueprint("verification", __name__))
limiter.shared_limit(DEMANDES, scope="verification", key_func=client)(bp)


@bp.get("/verifier")
def formulaire() -> ResponseReturnValue:
    """What can be verified, and how; with a number, what it says."""
    saisi = request.args.get("numero")
    return _accueil() if saisi is None else _certificat(saisi)


@bp.get("/v/<saisi>")
def certificat(saisi: str) -> ResponseReturnValue:
    """The address that a certificate carries: its state."""
    return _certificat(saisi)


@bp.post("/v/<saisi>")
def identite(saisi: str) -> ResponseReturnValue:
    """The same with an identity: whether it is the holder's."""
    valeurs = _identite_postee()
    try:
        numero = numeros.lire(saisi)
        etat, reponse = verification.verifier_identite(numero, valeurs)
    except NumeroMalSaisi as erreur:
        return _accueil(numero=saisi, erreurs={"numero": [erreur.message]}, statut=422)
    except SaisieInvalide as erreur:
        verdict = du_numero(verification.verifier_numero(numero))
        return _resultat(verdict, valeurs=valeurs, erreurs=erreur.champs, statut=422)
    return _resultat(du_numero(etat, reponse), numero=numeros.presenter(numero), valeurs=valeurs)


@bp.post("/verifier")
@condense_les_fichiers(MEGAOCTETS_MAX * 1_000_000)
def fichier() -> ResponseReturnValue:
    """Whether a file is an original issued here; it was hashed on its way and is kept nowhere."""
    recu = fichier_condense("fichier")
    if recu is None or not recu.taille:
        message = textes.FICHIER_ABSENT if recu is None else textes.FICHIER_VIDE
        return _accueil(erreurs={"fichier": [message]}, statut=422)
    return _resultat(du_fichier(verification.reconnaitre(recu.sha256)))


@bp.errorhandler(RequestEntityTooLarge)
def fichier_trop_lourd(_erreur: RequestEntityTooLarge) -> Response:
    """What is sent is refused before it is read."""
    if request.endpoint != "verification.fichier":
        return _accueil(message=MESSAGES[413], statut=413)
    return _accueil(erreurs={"fichier": [textes.fichier_trop_lourd(MEGAOCTETS_MAX)]}, statut=413)


@bp.errorhandler(CSRFError)
def jeton_perime(_erreur: CSRFError) -> Response:
    """A page left open for too long comes back with a fresh token, and with what was typed in it."""
    saisi = (request.view_args or {}).get("saisi")
    if saisi is None:
        return _accueil(message=textes.PAGE_TROP_ANCIENNE, statut=400)
    return _certificat(saisi, valeurs=_identite_postee(), message=textes.PAGE_TROP_ANCIENNE, statut=400)


@bp.errorhandler(TooManyRequests)
def trop_de_demandes(_erreur: TooManyRequests) -> Response:
    """R15: thirty requests a minute from one address."""
    reponse = make_response(render_template("verification/pause.html", texte=textes.TROP_DE_DEMANDES), 429)
    reponse.headers["Retry-After"] = "60"
    return reponse


def _certificat(saisi: str, *, statut: int = 200, **contexte: Any) -> Response:
    try:
        numero = numeros.lire(saisi)
    except NumeroMalSaisi as erreur:
        return _accueil(
            numero=saisi, erreurs={"numero": [erreur.message]}, statut=422 if statut == 200 else statut
        )
    verdict = du_numero(verification.verifier_numero(numero))
    return _resultat(verdict, numero=numeros.presenter(numero), statut=statut, **contexte)


def _resultat(verdict: Verdict, *, statut: int = 200, **contexte: Any) -> Response:
    poste = url_for("verification.identite", saisi=verdict.numero) if verdict.numero else ""
    page = render_template("verification/resultat.html", verdict=verdict, poste=poste, **contexte)
    return make_response(page, statut)


def _accueil(*, statut: int = 200, **contexte: Any) -> Response:
    page = render_template("verification/accueil.html", megaoctets=MEGAOCTETS_MAX, **contexte)
    return make_response(page, statut)


def _identite_postee() -> IdentiteSaisie:
    champs = request.form
    return IdentiteSaisie(
        champs.get("nom", ""),
        champs.get("prenom", ""),
        champs.get("date_naissance", ""),
        nom_unique=champs.get("nom_unique") == "1",
    )
