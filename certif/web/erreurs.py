"""What went wrong, in French, as a page or as a message over the page at hand; never a trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as AttenteTropLongue
from werkzeug.exceptions import HTTPException

from certif.domaine.acces.surveillance import Evenement, signaler
from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import (
    ActionImpossible,
    ErreurMetier,
    Introuvable,
    PartieIntrouvable,
    Refus,
    SaisieInvalide,
    ServiceIndisponible,
    TropDeTentatives,
    VersionPerimee,
)
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.sessions.refus import SESSION_INACCESSIBLE
from certif.domaine.noms import prenom_nom
from certif.domaine.sessions.portee import ce_qui_reste, charger
from certif.socle.base.extensions import db
from certif.socle.observation import suivi
from certif.web.acces import METHODES_SURES, demande_une_connexion
from certif.web.compte.connexion.lecture import lire_saisie
from certif.web.connexion import champs_postes, chemin_sur, oublier_la_personne, page_precedente, personne
from certif.web.htmx import echec
from certif.web.pages_ouvertes import a_la_place_de_la_page

STATUTS: Mapping[type[ErreurMetier], int] = {
    Introuvable: 404,
    SaisieInvalide: 422,
    Refus: 422,
    VersionPerimee: 409,
    ActionImpossible: 409,
    TropDeTentatives: 429,
    ServiceIndisponible: 503,
}

TITRES = {
    405: "Cette adresse ne s’ouvre pas ainsi",
    409: "Action impossible",
    413: "Envoi trop volumineux",
    422: "Action refusée",
}
"""Refusals that `erreurs/refus.html` shows under their own title; `erreurs/erreur.html` knows the others."""

MESSAGES = {
    400: "Votre navigateur a envoyé une demande que l’application ne comprend pas. Rien n’a été modifié.",
    404: "Cette page n’existe pas, ou ne vous est pas accessible.",
    405: "Rien n’a été modifié. Repartez de la page qui mène ici.",
    409: "Cette action n’est plus possible. Rechargez la page pour voir ce qui a changé.",
    413: "Ce que vous envoyez dépasse la taille acceptée. Rien n’a été enregistré.",
    429: "Trop de demandes en peu de temps. Réessayez dans quelques minutes.",
    500: "Un problème est survenu. Vérifiez ce qui est enregistré, puis recommencez.",
    503: "Le service est momentanément indisponible. Réessayez dans un instant.",
}

SANS_REPONSE = (
    "La base de données n’a pas répondu. Votre action a peut-être été enregistrée\u00a0: "
    "vérifiez, puis recommencez."
)
"""The connection may break once the order to commit was sent: nobody knows then what was done."""

_ENSEMBLES = (
    ("demande_id", "demande", ecrans.REVENIR_A_LA_DEMANDE),
    ("nom_id", "informations", ecrans.REVENIR_AUX_INFORMATIONS),
)
"""What an address names, the view of the whole, the words that lead there; but for sessions."""

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Ensemble:
    """`message` is about the part; `adresse` and `libelle` lead back to the whole."""

    message: str
    adresse: str
    libelle: str


def statut_de(erreur: ErreurMetier) -> int:
    """HTTP status of a refusal."""
    return next((STATUTS[genre] for genre in type(erreur).__mro__ if genre in STATUTS), 422)


def installer(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(ErreurMetier, _metier)
    app.register_error_handler(CSRFError, jeton_perime)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _donnee_impossible)
    for panne in (OperationalError, InterfaceError, AttenteTropLongue):
        app.register_error_handler(panne, _base_indisponible)
    app.register_error_handler(Exception, _imprevu)


def _metier(erreur: ErreurMetier) -> Response:
    if isinstance(erreur, Introuvable):
        _signaler_l_acces()
        if (tout := _ensemble_de(erreur)) is not None:
            return _repondre(404, tout.message, retour=tout.adresse, revenir=tout.libelle)
        inconnue = erreur.message == ecrans.PAGE_INEXISTANTE
        message = (_devenue() if inconnue else "") or erreur.message
        if (reponse := a_la_place_de_la_page(message)) is not None:
            return reponse
        return _repondre(404, message, autre_compte=_autre_compte())
    statut = statut_de(erreur)
    details = erreur.changements if isinstance(erreur, VersionPerimee) else []
    return _repondre(statut, erreur.message or MESSAGES.get(statut, MESSAGES[400]), details=details)


def _ensemble_de(erreur: Introuvable) -> _Ensemble | None:
    """The whole that this actor may see, whose part was not found; None when nothing may be said of it.

    Of a session, whatever was raised, it is asked again whether they may see it.
    """
    qui, lus = g.get("acteur"), request.view_args or {}
    if qui is None:
        return None
    if isinstance(numero := lus.get("numero"), int):
        return _session(erreur, qui, numero)
    if not isinstance(erreur, PartieIntrouvable):
        return None
    return next(
        (_Ensemble(erreur.message, _adresse(vue), libelle) for nom, vue, libelle in _ENSEMBLES if nom in lus),
        None,
    )


def _session(erreur: Introuvable, qui: Acteur, numero: int) -> _Ensemble | None:
    try:
        charger(qui, numero)
    except Introuvable:
        return None
    dit = ecrans.PARTIE_ABSENTE if erreur.message == ecrans.PAGE_INEXISTANTE else erreur.message
    return _Ensemble(dit, _adresse("session"), ecrans.revenir_a_la_session(numero))


def _adresse(vue: str) -> str:
    """This view of the space at hand, with as much of the address as it takes."""
    endpoint = f"{request.blueprint}.{vue}"
    prises = next(current_app.url_map.iter_rules(endpoint)).arguments
    return url_for(endpoint, **{nom: lu for nom, lu in (request.view_args or {}).items() if nom in prises})


def _signaler_l_acces() -> None:
    """Somebody who is logged in asked for what they may not see, or for what is gone."""
    present = personne()
    if present is not None:
        route = str(request.url_rule)
        signaler(Evenement.ACCES_REFUSE, present.individu_id, request.remote_addr or "", route=route)


def _devenue() -> str:
    """Of a session that this person had: that it is no more. Of any other, what may have become of it."""
    numero = (request.view_args or {}).get("numero")
    if numero is None or request.endpoint is None or not demande_une_connexion(request.endpoint):
        return ""
    acteur = g.get("acteur")
    return (ce_qui_reste(acteur, numero) if acteur else "") or SESSION_INACCESSIBLE


def _autre_compte() -> dict[str, str]:
    """Who is logged in here, for whoever opened the link of somebody else's mail, and where it led."""
    present = personne()
    if present is None or request.method != "GET" or not demande_une_connexion(request.endpoint):
        return {}
    return {
        "nom": prenom_nom(present.nom, present.prenom),
        "suivant": chemin_sur(request.full_path.rstrip("?")) or "/",
    }


def _http(erreur: HTTPException) -> Response:
    if erreur.code is None or erreur.code < 400:
        return make_response(erreur.get_response())
    statut = erreur.code if erreur.code in MESSAGES else (400 if erreur.code < 500 else 500)
    reponse = _repondre(statut, MESSAGES[statut])
    permises = getattr(erreur, "valid_methods", None)
    if permises:
        reponse.headers["Allow"] = ", ".join(sorted(permises))
    return reponse


def jeton_perime(_erreur: CSRFError) -> Response:
    """The page dates from another login: nothing is lost, the same fields are offered again.

    Only to the person at work in their own page: another site's form gets a bare refusal.
    """
    if personne() is None or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return _repondre(400, "Cette page était ouverte depuis trop longtemps. Rechargez-la et recommencez.")
    message = "Cette page datait d’une connexion précédente : rien n’a été enregistré."
    return echec(
        [
            ("erreurs/_message.html", {"message": f"{message} Recommencez\u00a0: rien n’est perdu."}),
            ("compte/_connexion_reussie.html", {}),
        ],
        lambda: render_template(
            "compte/saisie_conservee.html",
            adresse=request.path,
            champs=champs_postes(),
            lecture=lire_saisie(request.path, champs_postes()),
            message=message,
        ),
        400,
    )


def _donnee_impossible(_erreur: DataError) -> Response:
    """A value that no column can hold (NUL, out of range) came through: refused, not broken."""
    db.session.rollback()
    return _repondre(400, MESSAGES[400])


def _base_indisponible(erreur: SQLAlchemyError) -> Response:
    """The database is away, locked or overwhelmed: the page does without it, menu and login included."""
    _journal.exception("base indisponible", genre=type(erreur).__name__, route=str(request.url_rule))
    db.session.rollback()
    oublier_la_personne()
    return _repondre(503, MESSAGES[503] if request.method in METHODES_SURES else SANS_REPONSE)


def _imprevu(erreur: Exception) -> Response:
    _journal.exception("erreur imprévue", genre=type(erreur).__name__, route=str(request.url_rule))
    db.session.rollback()
    if isinstance(erreur, SQLAlchemyError):
        oublier_la_personne()
    return _repondre(500, MESSAGES[500], reference=suivi.marque())


def _repondre(statut: int, message: str, **contexte: Any) -> Response:
    contexte = {"code": statut, "message": message, "retour": _retour(), **contexte}
    gabarit = "erreurs/refus.html" if statut in TITRES else "erreurs/erreur.html"
    return echec(
        [("erreurs/_message.html", contexte)],
        lambda: render_template(gabarit, titre=TITRES.get(statut), **contexte),
        statut,
    )


def _retour() -> str:
    """Back to the page that held the form, as far as the browser tells; else home."""
    return chemin_sur(page_precedente()) or "/" if request.method == "POST" else "/"
