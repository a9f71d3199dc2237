"""The search of what is kept under an identity: a POST, so that it stands in no address."""

from flask import Response, make_response, render_template, request

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.exports import stagiaire
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.web.acces import acteur

RECHERCHES = "60 per hour"
"""Of one client: enough for whoever answers requests, too few to try a list of names."""


def page_vide(poste: str, retour: tuple[str, str]) -> Response:
    """The form; `poste` is where it goes, `retour` the address and the name of the page before."""
    return _page(poste, retour, IdentiteSaisie())


def repondre(poste: str, retour: tuple[str, str]) -> Response:
    """What is kept under the identity that was typed, beside it."""
    champs = request.form
    saisie = IdentiteSaisie(
        champs.get("nom", ""),
        champs.get("prenom", ""),
        champs.get("date_naissance", ""),
        nom_unique=champs.get("nom_unique") == "1",
    )
    try:
        trouve = stagiaire.chercher(acteur(), saisie)
    except SaisieInvalide as erreur:
        resume = [(champ, messages[0]) for champ, messages in erreur.champs.items()]
        return _page(poste, retour, saisie, 422, erreurs=erreur.champs, resume=resume)
    return _page(poste, retour, saisie, trouve=trouve)


def _page(
    poste: str, retour: tuple[str, str], saisie: IdentiteSaisie, statut: int = 200, **contexte: object
) -> Response:
    complet = acteur().role is TypeRole.GESTIONNAIRE
    page = render_template(
        "exports/stagiaire.html",
        **{"poste": poste, "retour": retour, "saisie": saisie, "complet": complet, "erreurs": {}, **contexte},
    )
    return make_response(page, statut)
