"""Where one goes once a login is open, or waits for its second step."""

from __future__ import annotations

from flask import Response, url_for

from certif.domaine.acces.authentification import Attente, Ouverture
from certif.web import connexion as navigateur
from certif.web.compte.presence import attendre
from certif.web.htmx import est_fragment, morceaux, redirection


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
