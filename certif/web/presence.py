"""Who is there: what this browser holds between two steps of proving it, and where one goes after each."""

from flask import Response, request, session, url_for

from certif.domaine.acces import second_facteur
from certif.domaine.acces.authentification import Attente, Ouverture
from certif.domaine.acces.espaces import Personne
from certif.domaine.acces.presence import Provenance
from certif.domaine.erreurs import Introuvable
from certif.socle.horloge import instant_reel
from certif.web import connexion as navigateur
from certif.web.htmx import est_fragment, morceaux, redirection

DELAI_S = 300
"""How long a right password waits for its code, and a passkey's question for its answer."""

_ATTENTE = "attente"
_DEFIS = "defis"


def present() -> Personne:
    """Who is logged in, in a view under `@connecte`."""
    trouvee = navigateur.personne()
    if trouvee is None:
        raise Introuvable
    return trouvee


def provenance() -> Provenance:
    """Where this request comes from, for the throttle."""
    return Provenance(request.remote_addr or "", navigateur.jeton_navigateur())


def attendre(attente: Attente) -> None:
    """Remember in this browser that the password was right."""
    session[_ATTENTE] = [attente.individu_id, attente.preuve, _maintenant()]


def attente_en_cours() -> Attente | None:
    """The second step to do here: after a password, or for a login that was opened without it."""
    garde = session.get(_ATTENTE)
    if garde and 0 <= _maintenant() - int(garde[2]) < DELAI_S:
        return Attente(int(garde[0]), str(garde[1]))
    connecte = navigateur.personne()
    if connecte is None or connecte.second_facteur:
        return None
    return second_facteur.attente_de(connecte.individu_id)


def abandonner() -> None:
    """The second step is over, or came to nothing."""
    session.pop(_ATTENTE, None)


def poser_defi(pour: str, valeur: str) -> None:
    """Keep the question asked of a passkey; a newer one for the same use replaces it."""
    session[_DEFIS] = {**session.get(_DEFIS, {}), pour: [valeur, _maintenant()]}


def prendre_defi(pour: str) -> str:
    """The question still open, which is not any more; "" when there is none."""
    valeur, pose = session.get(_DEFIS, {}).get(pour, ("", 0))
    session[_DEFIS] = {usage: defi for usage, defi in session.get(_DEFIS, {}).items() if usage != pour}
    return str(valeur) if 0 <= _maintenant() - int(pose) < DELAI_S else ""


def _maintenant() -> int:
    return int(instant_reel().timestamp())


def entrer(ouverture: Ouverture, attendu: int | None, suivant: str | None) -> Response:
    """Open the login in this browser: back to the untouched form if it is its person's, else to `suivant`."""
    jeton = navigateur.jeton_navigateur()
    navigateur.ouvrir(ouverture)
    if est_fragment() and attendu == ouverture.individu_id:
        reponse = morceaux([("compte/_connexion_reussie.html", {})], 200)
    else:
        reponse = redirection(navigateur.chemin_sur(suivant) or url_for("compte.accueil"))
    navigateur.retenir_navigateur(reponse, jeton)
    return reponse


def demander_un_code(attente: Attente, suivant: str | None) -> Response:
    """The password was right: ask for the code, in the dialog too."""
    attendre(attente)
    sur = navigateur.chemin_sur(suivant)
    if est_fragment():
        contexte = {"suivant": sur, "secours": False, "erreur": None, "code": ""}
        return morceaux([("compte/_code_dialogue.html", contexte)], 200)
    return redirection(url_for("code.page", suivant=sur))
