"""The moves of a session: a recap for those that cannot be undone, then the move itself."""

from collections.abc import Callable

from flask import Response, flash, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.reprise import relancer_echecs, rouvrir
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.ecrans import CHOISIR_UNE_ACTION
from certif.domaine.libelles.sessions import entite as textes
from certif.domaine.sessions.actions import suppression
from certif.domaine.sessions.actions.corrections import accepter_corrections
from certif.domaine.sessions.actions.soumission import (
    modifier_la_saisie,
    relancer_le_formateur,
    reprendre_la_saisie,
    soumettre_au_formateur,
)
from certif.domaine.sessions.actions.suppression import clore_sans_certificat
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.listes import Liste
from certif.domaine.sessions.portee import charger_pour_lire
from certif.domaine.sessions.presentation import actions_possibles
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.entite.actions.a_etablir import a_etablir
from certif.web.entite.actions.recapitulatif import A_CONFIRMER, montrer, recapitulatif
from certif.web.entite.blueprint import bp
from certif.web.entite.session.boite import CHOIX
from certif.web.entite.session.onglets import adresse_du_moment, adresse_onglet
from certif.web.entite.stagiaires.page import fragments_stagiaires, refuser_dans_la_boite
from certif.web.erreurs import statut_de
from certif.web.htmx import succes

Verbe = Callable[[Acteur, int, int], None]

# The move, and the tab where it leads; None when the session is no more.
VERBES: dict[Action, tuple[Verbe, str | None]] = {
    Action.SOUMETTRE_AU_FORMATEUR: (soumettre_au_formateur, "stagiaires"),
    Action.REPRENDRE_SAISIE: (reprendre_la_saisie, "session"),
    Action.MODIFIER_SAISIE: (modifier_la_saisie, "session"),
    Action.ACCEPTER_CORRECTIONS: (accepter_corrections, "stagiaires"),
    Action.GENERER: (demander_generation, "telechargements"),
    Action.CLORE_SANS_CERTIFICAT: (clore_sans_certificat, None),
    Action.RELANCER_GENERATION: (relancer_echecs, "telechargements"),
    Action.ROUVRIR: (rouvrir, "session"),
}


@bp.get("/sessions/<int:numero>/actions")
def recapituler(entite_id: int, numero: int) -> ResponseReturnValue:
    """What the chosen action will do, before it is done; the session itself where there is none to choose."""
    session_certif = charger_pour_lire(acteur(), numero)
    action = request.args.get("action", "")
    if action not in A_CONFIRMER:
        if actions_possibles(session_certif, acteur()).isdisjoint(CHOIX):
            return succes([], adresse_du_moment(session_certif))
        return refuser_dans_la_boite(session_certif, SaisieInvalide({"action": [CHOISIR_UNE_ACTION]}))
    return montrer(recapitulatif(session_certif, acteur(), Action(action)))


@bp.post("/sessions/<int:numero>/actions/<action>")
def agir(entite_id: int, numero: int, action: str) -> Response:
    """Make the move."""
    if action not in VERBES:
        raise Introuvable
    verbe, onglet = VERBES[Action(action)]
    try:
        if action == Action.GENERER:
            _exiger_ce_qui_fut_lu(numero)
        verbe(acteur(), numero, version_postee())
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        session_certif = charger_pour_lire(acteur(), numero)
        if action not in A_CONFIRMER:
            return refuser_dans_la_boite(session_certif, erreur)
        return montrer(recapitulatif(session_certif, acteur(), Action(action), erreur), statut_de(erreur))
    if message := textes.fait(action, numero):
        flash(message, "succes")
    if onglet is None:
        return succes([], url_for("entite.sessions", entite_id=entite_id, liste=Liste.A_TRAITER.value))
    return succes([], url_for(f"entite.{onglet}", entite_id=entite_id, numero=numero))


def _exiger_ce_qui_fut_lu(numero: int) -> None:
    """What is confirmed is what is printed: of the same version, the recap still says what it said.

    Raises:
        VersionPerimee: it says something else.
    """
    lu = request.form.get("lu")
    if not lu:
        return
    session_certif = charger_pour_lire(acteur(), numero)
    if session_certif.version == version_postee() and lu != a_etablir(session_certif).empreinte:
        raise VersionPerimee([], textes.RECAP_CHANGE)


@bp.post("/sessions/<int:numero>/relance")
def relancer_formateur(entite_id: int, numero: int) -> Response:
    """Remind the formateur."""
    relancer_le_formateur(acteur(), numero)
    session_certif = charger_pour_lire(acteur(), numero)
    return succes(
        fragments_stagiaires(session_certif, acteur()), adresse_onglet(session_certif, "stagiaires")
    )


@bp.get("/sessions/<int:numero>/supprimer")
def confirmer_suppression(entite_id: int, numero: int) -> ResponseReturnValue:
    """Which session is about to go, and who will be told."""
    return montrer(recapitulatif(charger_pour_lire(acteur(), numero), acteur(), Action.SUPPRIMER))


@bp.post("/sessions/<int:numero>/supprimer")
def supprimer(entite_id: int, numero: int) -> Response:
    """Delete it; a second click finds it gone and says the same."""
    try:
        suppression.supprimer(acteur(), numero, version_postee())
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        recap = recapitulatif(charger_pour_lire(acteur(), numero), acteur(), Action.SUPPRIMER, erreur)
        return montrer(recap, statut_de(erreur))
    flash(textes.fait(Action.SUPPRIMER.value, numero), "succes")
    return succes([], url_for("entite.sessions", entite_id=entite_id, liste=Liste.A_TRAITER.value))
