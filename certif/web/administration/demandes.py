"""DEMANDES of the administrateur: what waits for a decision, and the decision."""

from collections.abc import Callable, Mapping

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.demandes import decisions, lectures
from certif.domaine.demandes.decisions import HabilitationSaisie
from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.lectures import ListeDemandes, charger_entiere
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.portee import charger
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.demandes import identite as textes_identite
from certif.domaine.libelles.entites.identite import ADMETTRE
from certif.domaine.referentiel.regles import fin_proposee
from certif.domaine.sessions.changements_de_nom import accepter as accepter_l_identite
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur
from certif.web.administration.accueil import bp
from certif.web.demandes.liste import Puce, VueDemandes, lignes_de, liste_demandee
from certif.web.demandes.page import page_demande, remettre
from certif.web.entiers import version_postee
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection

ADRESSE = "/demandes/<int:demande_id>"
CHAMPS = ("numero", "debut", "fin", "commentaire", "motif", "action", "admettre")
LISTES = {
    ListeDemandes.A_TRAITER: "À traiter",
    ListeDemandes.EN_COURS: "À compléter par l’entité",
    ListeDemandes.DECIDEES: "Terminées",
}
VIDES = {
    ListeDemandes.A_TRAITER: (
        "Rien à traiter",
        "Les demandes que les entités transmettent attendent ici votre décision.",
    ),
    ListeDemandes.EN_COURS: (
        "Aucune demande à compléter",
        "Celles que vous retournez à une entité restent ici.",
    ),
    ListeDemandes.DECIDEES: (
        "Aucune demande terminée",
        "Celles qui sont acceptées, refusées ou retirées restent ici.",
    ),
}


@bp.get("/demandes")
def demandes() -> ResponseReturnValue:
    """The demandes by whose turn it is, those that wait for a decision first."""
    liste = liste_demandee(ListeDemandes.A_TRAITER, tuple(LISTES))

    def adresse(d: Demande) -> str:
        return url_for("administration.demande", demande_id=d.id)

    resultats, lignes = lignes_de(acteur(), liste, adresse)
    comptes = lectures.compter(acteur())
    puces = [
        Puce(libelle, url_for("administration.demandes", liste=x.value), comptes.de(x), x is liste)
        for x, libelle in LISTES.items()
    ]
    vue = VueDemandes("Demandes", "Demandes", VIDES[liste], resultats, lignes, puces, True)
    return render_template("demandes/liste.html", vue=vue)


@bp.get(ADRESSE)
def demande(demande_id: int) -> ResponseReturnValue:
    """What an entité asks for, what it holds, and what can be answered."""
    return _page(demande_id)


@bp.post(ADRESSE)
def decider(demande_id: int) -> Response:
    """Accept, return or refuse."""
    action = request.form.get("action", "")
    try:
        if action not in VERBES:
            raise SaisieInvalide({"action": [textes.CHOIX_MANQUANT]})
        VERBES[action](demande_id, version_postee(), request.form)
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return make_response(_page(demande_id, erreur, request.form), statut_de(erreur))
    identite = action == Action.ACCEPTER.value and charger(acteur(), demande_id).d_identite
    flash(textes_identite.FAIT if identite else textes.FAITS[action], "succes")
    return redirection(url_for("administration.demande", demande_id=demande_id))


@bp.get(f"{ADRESSE}/pieces/<int:piece_id>")
def piece(demande_id: int, piece_id: int) -> Response:
    """A joined file."""
    return remettre(acteur(), demande_id, piece_id)


def _accepter(demande_id: int, version: int, lu: Mapping[str, str]) -> None:
    if charger(acteur(), demande_id).d_identite:
        accepter_l_identite(acteur(), demande_id, version, admettre=bool(lu.get("admettre")))
        return
    saisie = HabilitationSaisie(*(lu.get(champ, "") for champ in ("numero", "debut", "fin")))
    decisions.accepter(acteur(), demande_id, version, saisie)


def _retourner(demande_id: int, version: int, lu: Mapping[str, str]) -> None:
    decisions.retourner(acteur(), demande_id, version, lu.get("commentaire", ""))


def _refuser(demande_id: int, version: int, lu: Mapping[str, str]) -> None:
    decisions.refuser(acteur(), demande_id, version, lu.get("motif", ""))


VERBES: Mapping[str, Callable[[int, int, Mapping[str, str]], None]] = {
    Action.ACCEPTER.value: _accepter,
    Action.RETOURNER.value: _retourner,
    Action.REFUSER.value: _refuser,
}


def _page(
    demande_id: int, erreur: ErreurMetier | None = None, saisis: Mapping[str, str] | None = None
) -> str:
    d = charger_entiere(acteur(), demande_id)
    page = page_demande(d, acteur(), erreur)
    proposes = _proposes(d) if Action.ACCEPTER in page.actions and d.niveau is not None else {}
    tenues = lectures.habilitations_du_niveau(d.entite_id, d.niveau.id) if d.niveau is not None else []
    return render_template(
        "demandes/decision.html",
        page=page,
        textes=textes,
        identite=textes_identite,
        admettre=ADMETTRE,
        habilitations=tenues,
        v={champ: (saisis or {}).get(champ, proposes.get(champ, "")) for champ in CHAMPS},
    )


def _proposes(d: Demande) -> dict[str, str]:
    """What the habilitation would be if nothing else is said: from the wished day, for four years."""
    debut = d.debut_souhaite or aujourd_hui()
    return {
        "numero": lectures.numero_propose(d),
        "debut": format_date(debut),
        "fin": format_date(fin_proposee(debut)),
    }
