"""The tab "Session": filled in field by field while the session is in saisie, read afterwards."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, render_template, request, url_for

from certif.domaine.erreurs import VersionPerimee
from certif.domaine.libelles.ecrans import enregistre_a, enregistre_sauf
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.droits.conditions import empechements
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.domaine.sessions.presentation import saisie_possible
from certif.domaine.sessions.regles import completude
from certif.domaine.temps import format_heure
from certif.socle.horloge import maintenant
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.entite.blueprint import bp
from certif.web.entite.session.boite import boite_en_chemin
from certif.web.entite.session.formulaire import contexte_ville, ecarts, formulaire_session, lire
from certif.web.entite.session.onglets import adresse_onglet, onglets_entite
from certif.web.entite.stagiaires.propositions import propositions
from certif.web.htmx import Fragment, echec, est_fragment, page_ou_fragments, redirection, succes
from certif.web.sessions.cadre import cadre, fragments_du_cadre
from certif.web.sessions.lecture_seule import fiche_interne


@bp.get("/sessions/<int:numero>/session", endpoint="session")
def onglet_session(entite_id: int, numero: int) -> Response:
    """The tab, as a page."""
    contexte = _contexte(charger_pour_lire(acteur(), numero))
    return page_ou_fragments(_fragments(contexte), lambda: _page(contexte))


@bp.post("/sessions/<int:numero>/session")
def enregistrer_session(entite_id: int, numero: int) -> Response:
    """Save what is well formed: by itself after a change, on *Enregistrer*, or on *Suivant* which goes on."""
    champs = lire(request.form)
    suite = request.form.get("suite", "")
    try:
        erreurs = saisie.enregistrer(acteur(), numero, version_postee(), champs).erreurs
    except VersionPerimee as erreur:
        return _repondre_perimee(numero, champs, erreur)
    session_certif = charger_pour_lire(acteur(), numero)
    if suite == "suivant" and not erreurs:
        return succes([], adresse_onglet(session_certif, _onglet_suivant(session_certif)))
    return _repondre_enregistree(session_certif, erreurs, champs, suite)


@bp.get("/villes")
def villes(entite_id: int) -> Response:
    """The towns of the postcode being typed: a piece of the form, for htmx only."""
    if not est_fragment():
        return redirection(url_for("entite.accueil", entite_id=entite_id))
    contexte = contexte_ville(request.args.get("code_postal", ""), "", [])
    return page_ou_fragments([("entite/_ville.html", contexte)], str)


def fragments_session(session_certif: SessionCertification) -> list[Fragment]:
    """Every piece of the tab as it is now."""
    return _fragments(_contexte(session_certif))


def _contexte(
    session_certif: SessionCertification,
    erreurs: Mapping[str, list[str]] | None = None,
    saisis: Mapping[str, str] | None = None,
    **reste: Any,
) -> dict[str, Any]:
    present = acteur()
    modifiable = saisie_possible(session_certif, present)
    le_cadre = cadre(session_certif, present, onglets_entite(session_certif, "session"))
    # Judged once, for what is said beside the fields and in the box.
    trouves = empechements(session_certif, le_cadre.droits) if modifiable else None
    return {
        "cadre": le_cadre,
        "session_certif": session_certif,
        "formulaire": formulaire_session(session_certif, erreurs, saisis, trouves) if modifiable else None,
        "fiche": None if modifiable else fiche_interne(session_certif, le_cadre.impression),
        "boite": boite_en_chemin(le_cadre, present, trouves),
        "propositions": propositions(session_certif, present),
        "en_place": False,
        "enregistre": "",
        **reste,
    }


def _fragments(contexte: dict[str, Any]) -> list[Fragment]:
    return [
        ("entite/_propositions.html", contexte),
        ("entite/_session.html", contexte),
        ("entite/_boite.html", contexte),
        *fragments_du_cadre(contexte["cadre"]),
    ]


def _page(contexte: dict[str, Any]) -> str:
    return render_template("entite/session.html", **contexte)


def _repondre_enregistree(
    session_certif: SessionCertification,
    erreurs: Mapping[str, list[str]],
    champs: Mapping[str, str],
    suite: str,
) -> Response:
    """What was saved, when, and what was refused; `suite`: the button, "" when it saved by itself."""
    heure = format_heure(maintenant())
    statut = enregistre_sauf(heure, len(erreurs)) if erreurs else enregistre_a(heure)
    contexte = _contexte(session_certif, erreurs, champs, enregistre=statut, avec_resume=bool(suite))
    if erreurs:
        # Saving by itself is no attempt to go further: its refusals wait beside their fields.
        return echec(_fragments(contexte), lambda: _page(contexte), 422 if suite else 200)
    if not est_fragment():
        flash(statut, "succes")
    return succes(_fragments(contexte), adresse_onglet(session_certif, "session"))


def _onglet_suivant(session_certif: SessionCertification) -> str:
    """The formateur, unless one is declared and verified already."""
    manques = completude.manques_par_onglet(completude.manques(session_certif))
    return "formateur" if manques["formateur"] else "stagiaires"


def _repondre_perimee(numero: int, champs: Mapping[str, str], erreur: VersionPerimee) -> Response:
    """Someone changed the session: what it says now, and beside each field what this page said."""
    session_certif = charger_pour_lire(acteur(), numero)
    contexte = _contexte(session_certif, ecarts(session_certif, champs), changements=erreur.changements)
    return echec(_fragments(contexte), lambda: _page(contexte), 409)
