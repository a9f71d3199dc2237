"""Views of the account: they hold no rule, only where one goes next."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from wtforms import PasswordField, StringField

from certif.domaine.acces import authentification, formulaires_gardes
from certif.domaine.acces.authentificateurs import possibles
from certif.domaine.acces.authentification import Attente, Ouverture
from certif.domaine.erreurs import ErreurMetier, Refus
from certif.domaine.libelles.acces.compte import IDENTIFIANTS_INCORRECTS
from certif.domaine.personnes.demonstration import COMPTES_DEMO, MOT_DE_PASSE_DEMO
from certif.web import connexion as navigateur
from certif.web import erreurs
from certif.web.acces import connecte, mes_espaces, public
from certif.web.compte.connexion.lecture import lire_saisie
from certif.web.compte.invitations import propositions
from certif.web.htmx import echec, redirection
from certif.web.menus import adresse_espace, lien_espace
from certif.web.presence import demander_un_code, entrer

bp = Blueprint("compte", __name__)

PAGE_TROP_ANCIENNE = (
    "Cette page était ouverte depuis trop longtemps. Saisissez de nouveau votre mot de passe."
)


@bp.get("/")
@public
def accueil() -> ResponseReturnValue:
    """The login page, the only space, or the choice between several; with the invitations to answer."""
    present = navigateur.personne()
    if present is None:
        return redirection(url_for("compte.connexion"))
    espaces, invitations = mes_espaces(), propositions(present.individu_id)
    if len(espaces) == 1 and not invitations:
        return redirection(adresse_espace(espaces[0]))
    return render_template(
        "compte/accueil.html",
        prenom=present.nom_affiche,
        liens=[lien_espace(e) for e in espaces],
        invitations=invitations,
    )


@bp.get("/connexion")
@public
def connexion() -> ResponseReturnValue:
    """The login page; someone already logged in goes on."""
    suivant = navigateur.chemin_sur(request.args.get("suivant"))
    if navigateur.personne():
        return redirection(suivant or url_for("compte.accueil"))
    return render_template("compte/connexion.html", **_contexte(suivant))


@bp.post("/connexion")
@public
def se_connecter() -> Response:
    """Log in, from the page or from the dialog over an untouched form."""
    formulaire = FormulaireConnexion()
    attendu = navigateur.individu_attendu()
    try:
        suite = _authentifier(formulaire)
    except ErreurMetier as erreur:
        return _refuser(formulaire, erreur, erreurs.statut_de(erreur))
    if isinstance(suite, Attente):
        return demander_un_code(suite, formulaire.suivant.data)
    return entrer(suite, attendu, formulaire.suivant.data)


@bp.errorhandler(CSRFError)
def jeton_perime(erreur: CSRFError) -> Response:
    """A login page left open for too long is offered again, with what was typed and a fresh token."""
    if request.endpoint != "compte.se_connecter" or navigateur.personne():
        return erreurs.jeton_perime(erreur)
    return _refuser(FormulaireConnexion(), ErreurMetier(PAGE_TROP_ANCIENNE), 400)


@bp.post("/deconnexion")
@public
def deconnexion() -> Response:
    """Log out here, and leave nothing behind in this browser; `suivant` is for whoever logs in next.

    `garder` is asked by a phone that has erased what was this person's, and holds another's unsent answers.
    """
    suivant = navigateur.chemin_sur(request.form.get("suivant"))
    navigateur.fermer()
    reponse = redirection(url_for("compte.connexion", suivant=suivant))
    effaces = '"cache"' if "garder" in request.form else '"cache", "storage"'
    reponse.headers["Clear-Site-Data"] = effaces
    return reponse


@bp.get("/saisie-conservee/<saisie_id>")
@connecte
def saisie_conservee(saisie_id: str) -> ResponseReturnValue:
    """The form that was posted after its login had ended, for its author to send."""
    saisie = _retrouver(saisie_id)
    if saisie is None:
        return redirection(url_for("compte.accueil"))
    return render_template(
        "compte/saisie_conservee.html",
        adresse=saisie.adresse,
        champs=saisie.champs,
        lecture=lire_saisie(saisie.adresse, saisie.champs),
        abandon=url_for("compte.abandonner_saisie", saisie_id=saisie_id),
    )


@bp.post("/saisie-conservee/<saisie_id>/abandon")
@connecte
def abandonner_saisie(saisie_id: str) -> Response:
    """Erase the kept form."""
    present = navigateur.personne()
    if present:
        formulaires_gardes.oublier(saisie_id, present.individu_id)
    flash("Saisie abandonnée : elle n’est plus conservée.")
    return redirection(url_for("compte.accueil"))


def _authentifier(formulaire: "FormulaireConnexion") -> Ouverture | Attente:
    if not formulaire.rempli:
        raise Refus(IDENTIFIANTS_INCORRECTS)
    return authentification.connecter(
        formulaire.identifiant.data,
        formulaire.mot_de_passe.data,
        adresse=request.remote_addr or "",
        navigateur=navigateur.jeton_navigateur(),
    )


def _retrouver(saisie_id: str) -> formulaires_gardes.Saisie | None:
    present = navigateur.personne()
    if present is None:
        return None
    return formulaires_gardes.retrouver(saisie_id, present.individu_id, navigateur.config().cle_secrete)


def _refuser(formulaire: "FormulaireConnexion", erreur: ErreurMetier, statut: int) -> Response:
    contexte = _contexte(navigateur.chemin_sur(formulaire.suivant.data))
    contexte |= {"identifiant": formulaire.identifiant.data or "", "erreur": erreur.message}
    return echec(
        [("compte/_connexion_dialogue.html", contexte)],
        lambda: render_template("compte/connexion.html", **contexte),
        statut,
    )


def _contexte(suivant: str | None) -> dict[str, Any]:
    message = None
    if (suivant or "").startswith("/saisie-conservee/"):
        message = "Votre connexion a expiré. Votre saisie est conservée pendant 15 minutes."
    comptes = COMPTES_DEMO if navigateur.config().demonstration else ()
    return {
        "identifiant": "",
        "erreur": None,
        "suivant": suivant,
        "cles_possibles": possibles(),
        "message": message,
        "mot_de_passe_oublie_href": url_for("oubli.page"),
        "comptes_demo": [
            {
                "libelle": compte.prenom,
                "detail": compte.roles,
                "champs": {"identifiant": compte.identifiant, "mot_de_passe": MOT_DE_PASSE_DEMO},
            }
            for compte in comptes
        ],
    }


class FormulaireConnexion(FlaskForm):
    """Whatever is wrong gets the same words, so nothing here names a field."""

    identifiant = StringField()
    mot_de_passe = PasswordField()
    suivant = StringField()

    @property
    def rempli(self) -> bool:
        """Whether both fields hold something."""
        return bool((self.identifiant.data or "").strip() and self.mot_de_passe.data)
