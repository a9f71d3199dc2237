"""My double authentication: the telephone, the recovery codes."""

from collections.abc import Sequence
from typing import Any

import segno
from flask import Blueprint, Response, flash, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acces import double_authentification as double
from certif.domaine.acces.presence import est_fraiche
from certif.domaine.acces.second_facteur import Facteurs, facteurs_de
from certif.domaine.erreurs import SaisieInvalide
from certif.socle.horloge import aujourd_hui
from certif.web.acces import connecte, mes_espaces, second_facteur_manque
from certif.web.connexion import page_retenue, personne
from certif.web.htmx import redirection
from certif.web.presence import present, provenance

bp = connecte(Blueprint("double", __name__, url_prefix="/compte/double-authentification"))

_INSCRIPTION = "inscription"


@bp.get("")
def page() -> ResponseReturnValue:
    """Where it stands, and the one thing to do next."""
    moi = present()
    facteurs = facteurs_de(moi.individu_id)
    if facteurs.totp and not moi.second_facteur:
        return redirection(url_for("code.page", suivant=page_retenue() or url_for("double.page")))
    return _page(facteurs)


@bp.post("/commencer")
def commencer() -> Response:
    """Make a secret for a telephone, and show it on the page."""
    moi = present()
    try:
        session[_INSCRIPTION] = double.commencer(
            moi.individu_id, moi.connexion_id, _champ("mot_de_passe"), _champ("code"), provenance()
        )
    except SaisieInvalide as erreur:
        return _refuser(erreur, _formulaire())
    return redirection(url_for("double.page"))


@bp.post("/confirmer")
def confirmer() -> Response:
    """Take the first code, and show the recovery codes this once."""
    moi = present()
    reference = session.get(_INSCRIPTION, "")
    try:
        codes = double.confirmer(moi.individu_id, moi.connexion_id, reference, _champ("code"))
    except SaisieInvalide as erreur:
        return _refuser(erreur, "inscription")
    session.pop(_INSCRIPTION, None)
    return _montrer(codes, activee=True)


@bp.post("/codes")
def renouveler() -> Response:
    """Make other recovery codes, and show them this once."""
    moi = present()
    try:
        codes = double.renouveler_les_codes(
            moi.individu_id, moi.connexion_id, _champ("mot_de_passe"), provenance()
        )
    except SaisieInvalide as erreur:
        return _refuser(erreur, "codes")
    return _montrer(codes, activee=False)


@bp.post("/abandonner")
def abandonner() -> Response:
    """Leave the telephone that was being added; the secret counts for nothing."""
    session.pop(_INSCRIPTION, None)
    return redirection(url_for("double.page"))


@bp.post("/desactiver")
def desactiver() -> Response:
    """Go back to the password alone."""
    try:
        moi = present()
        double.desactiver(
            moi.individu_id, moi.connexion_id, _champ("mot_de_passe"), _champ("code"), provenance()
        )
    except SaisieInvalide as erreur:
        return _refuser(erreur, "changer")
    flash("Double authentification désactivée : le mot de passe suffit de nouveau.", "succes")
    return redirection(url_for("double.page"))


@bp.app_template_global("mes_facteurs")
def mes_facteurs() -> Facteurs | None:
    """What the logged-in person has, for « Mon compte »; None when nobody is logged in."""
    moi = personne()
    return facteurs_de(moi.individu_id) if moi else None


def _page(facteurs: Facteurs, statut: int = 200, **contexte: Any) -> Response:
    moi = present()
    inscription = double.inscription_en_cours(moi.individu_id, session.get(_INSCRIPTION, ""))
    contexte = {"erreurs": {}, "formulaire": "", "code": "", **contexte}
    texte = render_template(
        "compte/double_authentification.html",
        facteurs=facteurs,
        fraiche=est_fraiche(moi.connexion_id),
        a_montrer=facteurs.proteges and not moi.second_facteur,
        suite=page_retenue() or url_for("compte.accueil"),
        exige=any(second_facteur_manque(espace) for espace in mes_espaces()),
        inscription=inscription,
        qr=segno.make(inscription.uri, error="m").svg_inline(scale=4, light="#fff") if inscription else "",
        **contexte,
    )
    return make_response(texte, statut)


def _formulaire() -> str:
    return "changer" if facteurs_de(present().individu_id).totp else "commencer"


def _refuser(erreur: SaisieInvalide, formulaire: str) -> Response:
    """The page again, with the error in the form that was posted."""
    facteurs = facteurs_de(present().individu_id)
    return _page(facteurs, 422, erreurs=erreur.champs, formulaire=formulaire, code=_champ("code")[:40])


def _montrer(codes: Sequence[str], *, activee: bool) -> Response:
    suite = page_retenue(prendre=activee) or url_for("compte.accueil")
    contexte = {"codes": codes, "activee": activee, "suite": suite, "le": aujourd_hui()}
    return make_response(render_template("compte/codes_de_secours.html", **contexte))


def _champ(nom: str) -> str:
    return request.form.get(nom, "")
