"""The tab of the stagiaires: the table, and in saisie what adds, corrects, removes and puts back."""

from dataclasses import replace
from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.sessions import entite as textes
from certif.domaine.sessions.actions import corrections
from certif.domaine.sessions.actions.corrections import Applique
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    confirmer,
    modifier_stagiaire,
    retirer_stagiaire,
    stagiaire_de,
)
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.web.acces import acteur
from certif.web.connexion import parametre_precedent
from certif.web.entiers import lire_entier, version_postee
from certif.web.entite.blueprint import bp
from certif.web.entite.feuille import feuille_offerte
from certif.web.entite.session.boite import boite
from certif.web.entite.session.onglets import adresse_onglet, onglets_entite
from certif.web.entite.stagiaires.formulaire import (
    FormulaireStagiaire,
    formulaire_conserve,
    formulaire_d_ajout,
    formulaire_de_correction,
    identite_postee,
    stagiaire_poste,
)
from certif.web.entite.stagiaires.propositions import propositions
from certif.web.entite.stagiaires.tableau import tableau
from certif.web.erreurs import statut_de
from certif.web.htmx import Fragment, echec, est_htmx, page_ou_fragments, succes
from certif.web.sessions.cadre import cadre, fragments_du_cadre

SESSION = "/sessions/<int:numero>/stagiaires"
PAR_NOM = "nom"


@bp.get(SESSION)
def stagiaires(entite_id: int, numero: int) -> ResponseReturnValue:
    """The table of the stagiaires, with their results once they are known."""
    return page_stagiaires(charger_pour_lire(acteur(), numero), acteur())


@bp.get(f"{SESSION}/nouveau")
def nouveau_stagiaire(entite_id: int, numero: int) -> ResponseReturnValue:
    """The form of a new one."""
    session_certif = charger_pour_lire(acteur(), numero)
    suite = "suite" in request.args
    return _formulaire(session_certif, formulaire_d_ajout(session_certif, acteur(), suite=suite))


@bp.post(SESSION)
def ajouter(entite_id: int, numero: int) -> Response:
    """Add one; the form stays open, empty, for the next."""
    saisie = identite_postee()
    try:
        ajouter_stagiaire(acteur(), numero, version_postee(), saisie)
    except (SaisieInvalide, VersionPerimee) as erreur:
        session_certif = charger_pour_lire(acteur(), numero)
        return _refuser(session_certif, formulaire_d_ajout(session_certif, acteur(), saisie, erreur), erreur)
    session_certif = charger_pour_lire(acteur(), numero)
    return succes(
        _ajoute(session_certif, saisie),
        url_for("entite.nouveau_stagiaire", entite_id=entite_id, numero=numero, suite=1),
    )


@bp.get(f"{SESSION}/<int:stagiaire_id>")
def stagiaire(entite_id: int, numero: int, stagiaire_id: int) -> ResponseReturnValue:
    """The form that corrects one."""
    session_certif = charger_pour_lire(acteur(), numero)
    qui = stagiaire_de(session_certif, stagiaire_id)
    return _formulaire(session_certif, formulaire_de_correction(session_certif, acteur(), qui))


@bp.post(f"{SESSION}/<int:stagiaire_id>")
def modifier(entite_id: int, numero: int, stagiaire_id: int) -> Response:
    """Correct one."""
    saisie = identite_postee()
    try:
        modifier_stagiaire(acteur(), numero, version_postee(), stagiaire_id, saisie)
    except (SaisieInvalide, VersionPerimee) as erreur:
        session_certif = charger_pour_lire(acteur(), numero)
        formulaire = formulaire_conserve(session_certif, acteur(), stagiaire_id, saisie, erreur)
        return _refuser(session_certif, formulaire, erreur)
    session_certif = charger_pour_lire(acteur(), numero)
    return succes(
        [*fragments_stagiaires(session_certif, acteur()), ("entite/_dialogue_ferme.html", {})],
        adresse_stagiaires(session_certif),
    )


@bp.post(f"{SESSION}/exact")
def confirmer_avertissement(entite_id: int, numero: int) -> Response:
    """« C'est exact » to a warning."""
    confirmer(acteur(), numero, version_postee(), request.form.get("avertissement", ""))
    session_certif = charger_pour_lire(acteur(), numero)
    return succes(fragments_stagiaires(session_certif, acteur()), adresse_stagiaires(session_certif))


@bp.post(f"{SESSION}/retirer")
def retirer(entite_id: int, numero: int) -> Response:
    """Remove one, with what puts them back; without JavaScript that stands on the page answered here."""
    retire = retirer_stagiaire(acteur(), numero, version_postee(), stagiaire_poste())
    session_certif = charger_pour_lire(acteur(), numero)
    if retire is None:
        return succes(fragments_stagiaires(session_certif, acteur()), adresse_stagiaires(session_certif))
    fait = Applique(retire)
    return page_ou_fragments(
        fragments_stagiaires(session_certif, acteur(), fait=fait),
        lambda: page_stagiaires(session_certif, acteur(), fait=fait),
    )


@bp.post(f"{SESSION}/retablir")
def retablir(entite_id: int, numero: int) -> Response:
    """Put back the one just removed."""
    place = lire_entier(request.form.get("rang", ""))
    ajouter_stagiaire(acteur(), numero, version_postee(), replace(identite_postee(), rang=place))
    session_certif = charger_pour_lire(acteur(), numero)
    return succes(fragments_stagiaires(session_certif, acteur()), adresse_stagiaires(session_certif))


@bp.post(f"{SESSION}/propositions/<int:proposition_id>")
def appliquer(entite_id: int, numero: int, proposition_id: int) -> Response:
    """Do what the formateur asks for, with what undoes it."""
    fait = corrections.appliquer(acteur(), numero, version_postee(), proposition_id)
    session_certif = charger_pour_lire(acteur(), numero)
    if fait is None:
        return succes(fragments_stagiaires(session_certif, acteur()), adresse_stagiaires(session_certif))
    return page_ou_fragments(
        fragments_stagiaires(session_certif, acteur(), fait=fait),
        lambda: page_stagiaires(session_certif, acteur(), fait=fait),
    )


def adresse_stagiaires(session_certif: SessionCertification) -> str:
    """This tab, sorted as it was."""
    return adresse_onglet(session_certif, "stagiaires") + (f"?tri={PAR_NOM}" if tri_par_nom() else "")


def tri_par_nom() -> bool:
    """Whether the page that is asked for, or the one that posts, shows the stagiaires by name (R12)."""
    lu = request.args.get("tri") if request.method == "GET" else parametre_precedent("tri")
    return lu == PAR_NOM


def page_stagiaires(
    session_certif: SessionCertification, qui: Acteur, *, fait: Applique | None = None
) -> str:
    """The whole page of the tab."""
    return render_template("entite/stagiaires.html", **_contexte(session_certif, qui, fait))


def refuser_dans_la_boite(session_certif: SessionCertification, erreur: ErreurMetier) -> Response:
    """Why a click on the action box was refused: in the box of the tab at hand, or on this tab's page."""
    contexte = _contexte(session_certif, acteur(), erreur=erreur)
    fragments = [*fragments_du_cadre(contexte["cadre"]), ("entite/_boite.html", contexte)]
    return echec(fragments, lambda: render_template("entite/stagiaires.html", **contexte), statut_de(erreur))


def fragments_stagiaires(
    session_certif: SessionCertification, qui: Acteur, *, fait: Applique | None = None
) -> list[Fragment]:
    """Every piece of the tab that a change may move."""
    return _fragments(_contexte(session_certif, qui, fait))


def _fragments(contexte: dict[str, Any]) -> list[Fragment]:
    pieces = ("_propositions", "_stagiaires", "_boite", "_toast_retrait")
    return [*fragments_du_cadre(contexte["cadre"]), *((f"entite/{piece}.html", contexte) for piece in pieces)]


def _ajoute(session_certif: SessionCertification, saisie: IdentiteSaisie) -> list[Fragment]:
    """The tab with the new one, and the form for the next, which says what is to be verified of this one."""
    contexte = _contexte(session_certif, acteur())
    nouveau = session_certif.stagiaires_saisis[-1].id
    avertis = next(ligne.averties for ligne in contexte["tableau"].lignes if ligne.id == nouveau)
    if not est_htmx():
        flash(textes.stagiaire_enregistre(len(session_certif.stagiaires)), "succes")
        for averti in avertis:
            flash(averti, "attention")
    suite = formulaire_d_ajout(session_certif, acteur(), ajoute=saisie, avertis=avertis)
    return [*_fragments(contexte), ("entite/_stagiaire_dialogue.html", {"f": suite})]


def _contexte(
    session_certif: SessionCertification,
    qui: Acteur,
    fait: Applique | None = None,
    erreur: ErreurMetier | None = None,
) -> dict[str, Any]:
    le_cadre = cadre(session_certif, qui, onglets_entite(session_certif, "stagiaires"))
    return {
        "cadre": le_cadre,
        "tableau": tableau(session_certif, qui, par_nom=tri_par_nom()),
        "offerte": feuille_offerte(session_certif),
        "boite": boite(le_cadre, qui, erreur),
        "propositions": propositions(session_certif, qui),
        "en_place": True,
        "fait": fait,
    }


def _formulaire(session_certif: SessionCertification, f: FormulaireStagiaire) -> Response:
    return page_ou_fragments(
        [("entite/_stagiaire_dialogue.html", {"f": f})], lambda: _page_formulaire(session_certif, f)
    )


def _refuser(session_certif: SessionCertification, f: FormulaireStagiaire, erreur: ErreurMetier) -> Response:
    """The form again with what was typed; what others changed meanwhile appears behind it."""
    fragments: list[Fragment] = [("entite/_stagiaire_dialogue.html", {"f": f})]
    if isinstance(erreur, VersionPerimee):
        fragments = [*fragments_stagiaires(session_certif, acteur()), *fragments]
    return echec(fragments, lambda: _page_formulaire(session_certif, f), statut_de(erreur))


def _page_formulaire(session_certif: SessionCertification, f: FormulaireStagiaire) -> str:
    contexte = {
        "cadre": cadre(session_certif, acteur(), onglets_entite(session_certif, "stagiaires")),
        "f": f,
    }
    return render_template("entite/stagiaire.html", **contexte)
