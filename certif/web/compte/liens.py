"""The pages of one-time links. Reading one uses nothing: mail scanners open them; its form does."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acces import changement_d_email, changement_de_mot_de_passe, invitations
from certif.domaine.acces.liens import LienPerime
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.libelles.acces import compte as textes
from certif.domaine.libelles.acces.liens import organisation_invite
from certif.domaine.libelles.roles.roles_proposes import REFUS_FAIT, invite_comme
from certif.domaine.roles import reponses
from certif.web.acces import public
from certif.web.connexion import chemin_sur, fermer, jeton_navigateur, personne, retenir_navigateur
from certif.web.htmx import redirection
from certif.web.presence import entrer

bp = public(Blueprint("liens", __name__, url_prefix="/lien"))

Erreurs = Mapping[str, Sequence[str]]


@bp.errorhandler(LienPerime)
def lien_perime(_erreur: LienPerime) -> Response:
    """Unknown, used, expired, replaced, or of another kind: one page."""
    return make_response(render_template("compte/lien_perime.html"), 410)


@bp.get("/invitation")
def invitation() -> ResponseReturnValue:
    """Who invites, and a password to choose."""
    return _page_invitation(request.args.get("cle", ""), request.args.get("suivant"))


@bp.post("/invitation")
def accepter() -> Response:
    """Set the password and come in."""
    cle, suivant = request.form.get("cle", ""), request.form.get("suivant")
    try:
        ouverture = invitations.accepter(cle, *_mots_de_passe(), jeton_navigateur())
    except SaisieInvalide as erreur:
        return _page_invitation(cle, suivant, erreur.champs, 422)
    if ouverture is None:
        return _reconnu(url_for("compte.connexion", suivant=chemin_sur(suivant)))
    reponse = entrer(ouverture, None, suivant)
    flash(textes.BIENVENUE, "succes")  # in the new session
    return reponse


@bp.get("/role")
def role() -> ResponseReturnValue:
    """A role that is proposed: to answer logged in, or with the account that opens here."""
    return _page_role(request.args.get("cle", ""))


@bp.post("/role")
def accepter_role() -> Response:
    """Open the account, with the role."""
    cle = request.form.get("cle", "")
    try:
        ouverture = reponses.accepter_par_lien(cle, *_mots_de_passe(), jeton_navigateur())
    except SaisieInvalide as erreur:
        return _page_role(cle, erreur.champs, 422)
    if ouverture is None:
        return _reconnu(url_for("compte.connexion"))
    reponse = entrer(ouverture, None, None)
    flash(textes.BIENVENUE, "succes")
    return reponse


@bp.post("/role/refus")
def refuser_role() -> Response:
    """Say no without an account."""
    reponses.refuser_par_lien(request.form.get("cle", ""))
    flash(REFUS_FAIT, "succes")
    return redirection(url_for("compte.connexion"))


@bp.get("/mot-de-passe")
def nouveau_mot_de_passe() -> ResponseReturnValue:
    """A new password to choose."""
    return _page_mot_de_passe(request.args.get("cle", ""))


@bp.post("/mot-de-passe")
def choisir() -> Response:
    """Set it; one then logs in as usual, second factor included."""
    cle = request.form.get("cle", "")
    try:
        changement_de_mot_de_passe.choisir(cle, *_mots_de_passe(), jeton_navigateur())
    except SaisieInvalide as erreur:
        return _page_mot_de_passe(cle, erreur.champs, 422)
    fermer()
    flash(textes.MOT_DE_PASSE_CHOISI, "succes")
    return _reconnu(url_for("compte.connexion"))


@bp.get("/adresse")
def nouvelle_adresse() -> ResponseReturnValue:
    """The address to confirm."""
    cle = request.args.get("cle", "")
    return render_template(
        "compte/confirmer_adresse.html", cle=cle, email=changement_d_email.lire_confirmation(cle)
    )


@bp.post("/adresse")
def confirmer_adresse() -> Response:
    """Confirm it."""
    try:
        changement_d_email.confirmer(request.form.get("cle", ""), jeton_navigateur())
    except ActionImpossible as erreur:
        flash(erreur.message, "danger")
    else:
        flash(textes.ADRESSE_CONFIRMEE, "succes")
    return _reconnu(url_for("moi.page"))


@bp.get("/opposition")
def opposition() -> ResponseReturnValue:
    """What objecting does."""
    cle = request.args.get("cle", "")
    return render_template("compte/opposition.html", cle=cle, email=changement_d_email.lire_opposition(cle))


@bp.post("/opposition")
def s_opposer() -> Response:
    """Take the address back; a password is to be chosen next."""
    suite = changement_d_email.s_opposer(request.form.get("cle", ""))
    fermer()
    flash(textes.ADRESSE_RETABLIE, "succes")
    lien = urlsplit(suite)
    return redirection(f"{lien.path}?{lien.query}")


def _reconnu(vers: str) -> Response:
    """Go there, in a browser that keeps its token: the account knows it by now."""
    jeton, reponse = jeton_navigateur(), redirection(vers)
    retenir_navigateur(reponse, jeton)
    return reponse


def _mots_de_passe() -> tuple[str, str]:
    return request.form.get("nouveau", ""), request.form.get("confirmation", "")


def _page_invitation(
    cle: str, suivant: str | None, erreurs: Erreurs | None = None, statut: int = 200
) -> Response:
    lue = invitations.lire_invitation(cle)
    page = render_template(
        "compte/invitation.html",
        invitation=lue,
        titre=organisation_invite(lue.organisation),
        conseil=textes.aide(lue.minimum),
        cle=cle,
        suivant=chemin_sur(suivant),
        erreurs=erreurs or {},
    )
    return make_response(page, statut)


def _page_role(cle: str, erreurs: Erreurs | None = None, statut: int = 200) -> Response:
    lien, qui = reponses.lire_lien(cle), personne()
    if qui is not None and qui.individu_id == lien.individu_id:
        return redirection(url_for("moi.page"))
    p = lien.proposition
    page = render_template(
        "compte/role_propose.html",
        lien=lien,
        titre=invite_comme(p.organisation, p.role, p.fin_le),
        conseil=textes.aide(lien.minimum),
        cle=cle,
        connecte=qui is not None,
        erreurs=erreurs or {},
    )
    return make_response(page, statut)


def _page_mot_de_passe(cle: str, erreurs: Erreurs | None = None, statut: int = 200) -> Response:
    conseil = textes.aide(changement_de_mot_de_passe.lire_demande(cle))
    page = render_template(
        "compte/nouveau_mot_de_passe.html", cle=cle, conseil=conseil, erreurs=erreurs or {}
    )
    return make_response(page, statut)
