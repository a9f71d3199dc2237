"""The browser's side of a login: its cookies, how long they hold, and what happens once they do not."""

import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from flask import Flask, current_app, g, request, session, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_login import current_user, login_user
from itsdangerous import BadData, URLSafeTimedSerializer

from certif.config import Config
from certif.domaine import conservation
from certif.domaine.acces import authentification, formulaires_gardes
from certif.domaine.acces.authentification import Ouverture
from certif.domaine.acces.connexions import appareil, noter_appareil
from certif.domaine.acces.espaces import DUREE_CONNEXION, Personne, personne_connectee
from certif.domaine.acces.surveillance import Evenement, signaler
from certif.socle.base.extensions import login_manager
from certif.socle.horloge import instant_reel
from certif.web.htmx import est_fragment, est_htmx, morceaux, redirection

INACTIVITE = timedelta(hours=12)
"""A login unused for this long is over."""

RAFRAICHISSEMENT = timedelta(minutes=5)
"""How precisely the last use is known: the cookie is not renewed more often."""

COOKIE_NAVIGATEUR = "certif-navigateur"
"""Which browser this is, for the throttle: a random text, worth nothing else."""

CLE_DEMANDEE = "Le mot de passe ne suffit pas ici. Utilisez votre clé d’accès pour continuer."

ENTETE_DE_LA_PAGE = "X-Certif-Page"
"""Header by which a page says whose it is."""

_RETENUE = "page_retenue"

JAMAIS_GARDES = frozenset({"csrf_token", "mot_de_passe", "nouveau", "confirmation", "code", "cle"})
"""Fields that are typed again rather than kept or shown again."""


@dataclass(frozen=True, slots=True)
class Compte:
    """What Flask-Login knows of the person: the login's number and the account's stamp."""

    personne: Personne
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return f"{self.personne.connexion_id}.{self.personne.timbre}"


def config() -> Config:
    """The application's settings."""
    return cast(Config, current_app.config["CERTIF"])


def installer(app: Flask) -> None:
    """Bind Flask-Login to the table of logins."""
    login_manager.session_protection = None  # an address that changes is a phone that moves
    login_manager.user_loader(_charger)
    login_manager.init_app(app)


def personne() -> Personne | None:
    """Who is logged in, if anyone."""
    return current_user.personne if current_user.is_authenticated else None


def ouvrir(ouverture: Ouverture) -> None:
    """Put a login just opened in a new session, with a new CSRF secret."""
    nouvelle = personne_connectee(ouverture.connexion_id, ouverture.timbre)
    if nouvelle is None:  # deactivated in the meantime: the next page says so by asking to log in
        return
    ancienne = personne()
    if ancienne:
        authentification.deconnecter(ancienne.connexion_id)
    session.clear()
    g.pop("csrf_token", None)
    g.pop("mes_espaces", None)
    session.permanent = True
    session["vu"] = int(instant_reel().timestamp())
    login_user(Compte(nouvelle))
    signaler(Evenement.CONNEXION_OUVERTE, nouvelle.individu_id, request.remote_addr or "")
    noter_appareil(nouvelle.connexion_id, appareil(request.user_agent.string))


def suivre_le_timbre(timbre: str) -> None:
    """Go on with this login under the account's new stamp, after its other logins were ended."""
    present = personne()
    if present:
        login_user(Compte(replace(present, timbre=timbre)))


def fermer() -> None:
    """Log this browser out; what remains in the cookie only tells whose unsent form comes next."""
    present = personne()
    trace = _trace()
    session.clear()
    g.pop("csrf_token", None)
    if present:
        authentification.deconnecter(present.connexion_id)
    if present and trace:
        session["precedente"] = list(trace)
    g.pop("_login_user", None)


def oublier_la_personne() -> None:
    """Answer this request as if nobody were logged in, without reading who is; the login itself goes on."""
    g._login_user = login_manager.anonymous_user()
    g.espace = None


def jeton_navigateur() -> str:
    """The token this browser keeps, or a new one, the same throughout a request."""
    if "jeton_navigateur" not in g:
        recu = request.cookies.get(nom_cookie(config(), COOKIE_NAVIGATEUR), "")
        juste = re.fullmatch(r"[A-Za-z0-9_-]{43}", recu)
        g.jeton_navigateur = recu if juste else secrets.token_urlsafe(32)
    return cast(str, g.jeton_navigateur)


def retenir_navigateur(reponse: Response, jeton: str) -> None:
    """Let this browser be recognised by the throttle of the accounts that it logged in to."""
    reponse.set_cookie(
        nom_cookie(config(), COOKIE_NAVIGATEUR),
        jeton,
        max_age=conservation.CONNEXIONS.duree.delta,
        httponly=True,
        samesite="Lax",
        secure=not config().demonstration,
    )


def nom_cookie(reglages: Config, nom: str) -> str:
    """In production the browser itself guarantees that no other host set it."""
    return nom if reglages.demonstration else f"__Host-{nom}"


def chemin_sur(valeur: str | None) -> str | None:
    """A path of this site that one may be sent to after logging in, or None."""
    if not valeur or len(valeur) > 500 or not re.fullmatch(r"/[!-~]*", valeur):
        return None
    for lu in (valeur, unquote(valeur)):
        if lu.startswith("//") or "\\" in lu or not lu.isprintable():
            return None
    parties = urlsplit(valeur)
    if parties.scheme or parties.netloc or parties.path.startswith(("/connexion", "/deconnexion")):
        return None
    return valeur


def inviter_a_se_connecter() -> ResponseReturnValue:
    """Nobody is logged in: a dialog over the untouched page for htmx, else the login page.

    What a form was carrying is kept for the person whose login has just ended; of who never logged in here,
    the body is not asked for: it may be too large to be read.
    """
    if est_fragment():
        return morceaux([("compte/_connexion_dialogue.html", {"identifiant": _identifiant_attendu()})], 401)
    suivant = request.full_path.rstrip("?")
    if request.method == "POST":
        saisie_id = _conserver()
        suivant = url_for("compte.saisie_conservee", saisie_id=saisie_id) if saisie_id else page_precedente()
    return redirection(url_for("compte.connexion", suivant=chemin_sur(suivant)))


def retenir_la_page() -> None:
    """Keep which page of the site was asked for, until what it still lacks is done: a login forgets it."""
    if request.method == "GET" and not est_htmx():
        session[_RETENUE] = chemin_sur(request.full_path.rstrip("?"))


def page_retenue(*, prendre: bool = False) -> str | None:
    """The page that was kept; from then on no longer, if it is taken."""
    retenue = session.pop(_RETENUE, None) if prendre else session.get(_RETENUE)
    return chemin_sur(retenue)


def redemander_la_cle() -> Response:
    """The password alone was shown to a page that asks for more: the same dialog, over the untouched form."""
    contexte = {"identifiant": "", "erreur_cle": CLE_DEMANDEE}
    return morceaux([("compte/_connexion_dialogue.html", contexte)], 401)


def est_inconnu() -> bool:
    """Whether this browser never logged in, as its cookie alone tells: the database is not asked."""
    return _trace() is None


def signature_de_la_page() -> str:
    """Whose page this is, for `individu_attendu`; "" for nobody's. It opens nothing."""
    present = personne()
    return _signataire().dumps(present.individu_id) if present else ""


def individu_attendu() -> int | None:
    """Who the page that asks belongs to: it says so itself, whatever became of the cookies.

    A page without scripts says nothing: it is then the person of this browser's last login, even ended.
    """
    recue = request.headers.get(ENTETE_DE_LA_PAGE, "")
    if recue:
        try:
            return int(_signataire().loads(recue, max_age=int(DUREE_CONNEXION.total_seconds())))
        except (BadData, TypeError, ValueError):
            return None
    trace = _trace()
    return authentification.individu_de_la_connexion(trace[0]) if trace else None


def _signataire() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config().cle_secrete, salt="certif-page")


def _identifiant_attendu() -> str:
    """Of the person whose login expired here; someone who logged out leaves no name behind."""
    trace = _trace() if "_user_id" in session else None
    return authentification.identifiant_de_la_connexion(trace[0]) if trace else ""


def _charger(identifiant: str) -> Compte | None:
    """Judge the cookie at each request: last use, then the login's row and the account's stamp."""
    connexion_id, _, timbre = identifiant.partition(".")
    age = int(instant_reel().timestamp()) - int(session.get("vu", 0))
    if age > INACTIVITE.total_seconds():
        return None
    trouvee = personne_connectee(connexion_id, timbre)
    if trouvee and age > RAFRAICHISSEMENT.total_seconds():
        session["vu"] = int(instant_reel().timestamp())
    return Compte(trouvee) if trouvee else None


def _trace() -> tuple[str, str] | None:
    """Login number and CSRF secret of this browser's login, open or ended."""
    if "_user_id" in session:
        return str(session["_user_id"]).partition(".")[0], str(session.get("csrf_token", ""))
    precedente = session.get("precedente")
    return (precedente[0], precedente[1]) if precedente else None


def _conserver() -> str | None:
    """Keep the posted form if it came from a page of the login that ended."""
    trace = _trace()
    if request.method != "POST" or trace is None or not _jeton_de(trace[1]):
        return None
    individu_id = authentification.individu_de_la_connexion(trace[0])
    if individu_id is None:
        return None
    return formulaires_gardes.conserver(individu_id, request.path, champs_postes(), config().cle_secrete)


def champs_postes() -> list[tuple[str, str]]:
    """The fields of this POST in their order, without the token, without passwords and without files."""
    return [(nom, valeur) for nom, valeur in request.form.items(multi=True) if nom not in JAMAIS_GARDES]


def _jeton_de(secret_csrf: str) -> bool:
    """Whether the posted token was made under this CSRF secret."""
    serialiseur = URLSafeTimedSerializer(config().cle_secrete, salt="wtf-csrf-token")
    try:
        recu = serialiseur.loads(request.form.get("csrf_token", ""))
    except BadData:
        return False
    return bool(secret_csrf) and hmac.compare_digest(str(recu), secret_csrf)


def page_precedente() -> str:
    """The page that held the form, as far as the browser tells."""
    origine = _origine()
    return origine.path if origine else "/"


def parametre_precedent(nom: str) -> str:
    """A parameter of the page that held the form, "" when the browser does not tell."""
    origine = _origine()
    return parse_qs(origine.query).get(nom, [""])[0] if origine else ""


def _origine() -> SplitResult | None:
    try:
        origine = urlsplit(request.referrer or "")
    except ValueError:  # « http://[ » is no address at all
        return None
    return origine if origine.netloc == request.host else None
