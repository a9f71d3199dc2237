"""The holder's page (R9): what a code leads to, a birth date, then the file. Nobody is named on it.

The code stands in the query of its address, which no log keeps; once it is opened, the cookie says so for a
few minutes and the addresses of the files hold nothing.
"""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import TooManyRequests

from certif.documents.calendrier import rendre_calendrier
from certif.domaine import conservation
from certif.domaine.certificats.remise import codes, ouverture
from certif.domaine.certificats.remise.calendrier import rappel_du_titulaire
from certif.domaine.certificats.remise.ouverture import CodeMort, Ouverture
from certif.domaine.certificats.telechargement import contenu
from certif.domaine.erreurs import Introuvable, SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles.certificats import remise as textes
from certif.domaine.libelles.certificats.verification import PAGE_TROP_ANCIENNE
from certif.socle.base.extensions import limiter
from certif.socle.horloge import instant_reel
from certif.web.acces import public
from certif.web.limites import client

DEMANDES = "120 per minute"
"""Of one client address: a whole room stands behind it. Guesses are bounded by the code, not by this."""

OUVERTE_PENDANT = conservation.REMISES.duree.delta
"""After a right birth date, in real time: what the same browser may download again without it."""

_OUVERTURE = "remise"

bp = public(Blueprint("remise", __name__, url_prefix=codes.CHEMIN))
limiter.shared_limit(DEMANDES, scope="remise", key_func=client)(bp)


@bp.after_request
def _sans_origine(reponse: Response) -> Response:
    """The address is a secret: no request that leaves this page says where it comes from."""
    reponse.headers["Referrer-Policy"] = "no-referrer"
    reponse.headers["X-Robots-Tag"] = "noindex, nofollow"
    return reponse


@bp.get("")
def page() -> ResponseReturnValue:
    """What this code leads to; without one, where to type it."""
    saisi = request.args.get(codes.PARAMETRE)
    if saisi is None:
        return _page("accueil")
    if not saisi.strip():
        return _page("accueil", 422, erreurs={codes.PARAMETRE: [textes.CODE_VIDE]})
    return _page("date", etat=ouverture.frapper(saisi), code=saisi)


@bp.post("")
def ouvrir() -> ResponseReturnValue:
    """A birth date, tried; the download of the file begins by itself when it is right."""
    saisi = request.form.get(codes.PARAMETRE, "")
    try:
        ouverte = ouverture.ouvrir(saisi, request.form.get(ouverture.CHAMP, ""))
    except SaisieInvalide as erreur:
        return _date(saisi, 422, erreurs=erreur.champs)
    except ServiceIndisponible:
        return _date(saisi, 503, message=textes.ILLISIBLE)
    session[_OUVERTURE] = [ouverte.code_id, _maintenant()]
    reponse = _ouverte(ouverte)
    reponse.headers["Refresh"] = f"0; url={url_for('remise.certificat')}"
    return reponse


@bp.get("/certificat")
def certificat() -> ResponseReturnValue:
    """The file, for the browser that has just opened it; a HEAD is no download."""
    code_id = _code_ouvert()
    if code_id is None:
        return _page("accueil", 403, message=textes.DATE_REDEMANDEE)
    if request.method == "HEAD":
        return Response(mimetype="application/pdf")
    try:
        fichier = ouverture.remettre(code_id)
        reponse = Response(contenu(fichier), mimetype=fichier.type_mime)
    except ServiceIndisponible:
        return _page("accueil", 503, message=textes.ILLISIBLE)
    reponse.content_length = fichier.taille
    reponse.headers.set("Content-Disposition", "attachment", filename=fichier.nom)
    reponse.headers["Accept-Ranges"] = "none"
    return reponse


@bp.get("/rappel")
def rappel() -> ResponseReturnValue:
    """The end of validity, for the holder's calendar."""
    code_id = _code_ouvert()
    if code_id is None:
        return _page("accueil", 403, message=textes.DATE_REDEMANDEE)
    evenement = rappel_du_titulaire(ouverture.etat_ouvert(code_id))
    if evenement is None:
        raise Introuvable
    reponse = Response(rendre_calendrier([evenement]), mimetype="text/calendar")
    reponse.headers.set("Content-Disposition", "attachment", filename="fin-de-validite.ics")
    return reponse


@bp.errorhandler(CodeMort)
def code_mort(erreur: CodeMort) -> Response:
    """Stopped, cancelled, over, tried too often or unknown: one page, which says whom to ask if it knows."""
    return _page("mort", 410, etat=erreur.etat)


@bp.errorhandler(CSRFError)
def jeton_perime(_erreur: CSRFError) -> Response:
    """A page left open for too long comes back with a fresh token; no try is counted."""
    return _date(request.form.get(codes.PARAMETRE, ""), 400, message=PAGE_TROP_ANCIENNE)


@bp.errorhandler(TooManyRequests)
def trop_de_demandes(_erreur: TooManyRequests) -> Response:
    """Too many requests of one address in a minute."""
    reponse = make_response(render_template("verification/pause.html", texte=textes.TROP_DE_DEMANDES), 429)
    reponse.headers["Retry-After"] = "60"
    return reponse


def _date(saisi: str, statut: int, **contexte: Any) -> Response:
    """The birth date asked again; what was typed is not shown, nor kept."""
    try:
        return _page("date", statut, etat=ouverture.frapper(saisi), code=saisi, **contexte)
    except CodeMort as erreur:
        return code_mort(erreur)


def _ouverte(ouverte: Ouverture) -> Response:
    return _page("ouvert", etat=ouverte.etat, kilo_octets=max(1, round(ouverte.taille / 1000)))


def _page(gabarit: str, statut: int = 200, **contexte: Any) -> Response:
    page = render_template(f"remise/{gabarit}.html", textes=textes, **contexte)
    return make_response(page, statut)


def _code_ouvert() -> int | None:
    """The code that this browser opened lately."""
    code_id, quand = session.get(_OUVERTURE, (None, 0))
    return code_id if _maintenant() - quand <= OUVERTE_PENDANT.total_seconds() else None


def _maintenant() -> int:
    return int(instant_reel().timestamp())
