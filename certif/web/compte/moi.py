"""« Mon compte »: who I am here, my password, my address."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acces import changement_d_email, changement_de_mot_de_passe
from certif.domaine.acces.force_du_mot_de_passe import minimum_pour
from certif.domaine.acces.mon_compte import mon_compte
from certif.domaine.erreurs import SaisieInvalide, TropDeTentatives
from certif.domaine.libelles.acces import compte as textes
from certif.socle.base.extensions import limiter
from certif.web.acces import connecte, mes_espaces, mot_de_passe_trop_court
from certif.web.compte.invitations import propositions
from certif.web.connexion import page_retenue, suivre_le_timbre
from certif.web.htmx import redirection
from certif.web.limites import client
from certif.web.presence import present, provenance

bp = connecte(Blueprint("moi", __name__, url_prefix="/compte"))

Erreurs = Mapping[str, Sequence[str]]


@bp.get("/")
def page() -> ResponseReturnValue:
    """Everything that one may see or change of one's own account."""
    moi = present()
    return render_template(
        "compte/compte.html",
        moi=mon_compte(moi.individu_id, moi.connexion_id),
        invitations=propositions(moi.individu_id),
    )


@bp.get("/mot-de-passe")
def mot_de_passe_actuel() -> ResponseReturnValue:
    """The form that changes it."""
    return _page_mot_de_passe()


@bp.post("/mot-de-passe")
def changer_mot_de_passe() -> Response:
    """Change it; this login goes on, the others end."""
    moi, exige = present(), _exige()
    actuel, nouveau, confirmation = (
        request.form.get(nom, "") for nom in ("mot_de_passe", "nouveau", "confirmation")
    )
    try:
        timbre = changement_de_mot_de_passe.changer(
            moi.individu_id, moi.connexion_id, actuel, nouveau, confirmation, provenance()
        )
    except SaisieInvalide as erreur:
        return _page_mot_de_passe(erreur.champs, 422)
    except TropDeTentatives as erreur:
        return _page_mot_de_passe({"mot_de_passe": [erreur.message]}, 429)
    suivre_le_timbre(timbre)
    flash(textes.MOT_DE_PASSE_CHANGE, "succes")
    if not exige:
        return redirection(url_for("moi.page"))
    return redirection(page_retenue(prendre=True) or url_for("compte.accueil"))


@bp.get("/adresse")
def adresse_actuelle() -> ResponseReturnValue:
    """The form that asks for another."""
    return _page_adresse()


@bp.post("/adresse")
@limiter.limit("10 per hour", key_func=client)
def changer_adresse() -> Response:
    """Ask for another address; the same answer whoever has it."""
    moi = present()
    email = request.form.get("email", "")
    try:
        changement_d_email.demander(
            moi.individu_id, moi.connexion_id, email, request.form.get("mot_de_passe", ""), provenance()
        )
    except SaisieInvalide as erreur:
        return _page_adresse(email, erreur.champs, 422)
    except TropDeTentatives as erreur:
        return _page_adresse(email, {"mot_de_passe": [erreur.message]}, 429)
    flash(textes.ADRESSE_DEMANDEE, "succes")
    return redirection(url_for("moi.page"))


def _page_mot_de_passe(erreurs: Erreurs | None = None, statut: int = 200) -> Response:
    conseil = textes.aide(minimum_pour(present().individu_id))
    contexte = {"erreurs": erreurs or {}, "conseil": conseil, "exige": _exige()}
    return make_response(render_template("compte/mot_de_passe.html", **contexte), statut)


def _exige() -> bool:
    """Whether a space waits for a longer password."""
    return any(map(mot_de_passe_trop_court, mes_espaces()))


def _page_adresse(email: str = "", erreurs: Erreurs | None = None, statut: int = 200) -> Response:
    moi = present()
    return make_response(
        render_template(
            "compte/adresse.html",
            moi=mon_compte(moi.individu_id, moi.connexion_id),
            email=email,
            erreurs=erreurs or {},
        ),
        statut,
    )
