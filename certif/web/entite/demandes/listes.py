"""DEMANDES: the entité's two lists, and opening a demande."""

import secrets
from dataclasses import dataclass

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.demandes import actions, lectures
from certif.domaine.demandes.actions import DemandeDejaOuverte
from certif.domaine.demandes.lectures import ListeDemandes
from certif.domaine.demandes.modeles import Demande
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.web.acces import acteur, acteur_peut_ecrire, exige
from certif.web.demandes.liste import Puce, VueDemandes, lignes_de, liste_demandee, tour_de
from certif.web.entiers import lire_entier
from certif.web.entite.blueprint import bp
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection

VIDES = {
    ListeDemandes.A_TRAITER: (
        "Rien à traiter",
        "Les demandes que vous préparez, et celles que l’administrateur vous rend, attendent ici.",
    ),
    ListeDemandes.EN_COURS: (
        "Aucune demande en cours",
        "Pour déclarer des sessions, une entité doit être habilitée pour le dispositif. Faites une demande : "
        "l’administrateur l’examine, et vous suivez ici où elle en est.",
    ),
    ListeDemandes.DECIDEES: (
        "Aucune demande terminée",
        "Celles qui sont acceptées, refusées ou retirées restent ici.",
    ),
}


@dataclass(frozen=True, slots=True)
class OuEnEst:
    """An open demande: of what, where it stands, and its page."""

    niveau: str
    texte: str
    href: str


@bp.get("/demandes/en-cours")
@exige(TypeRole.GESTIONNAIRE)
def demandes_en_cours(entite_id: int) -> ResponseReturnValue:
    """What the administrateur has, and what was decided lately; or all that was ever decided."""
    liste = liste_demandee(ListeDemandes.EN_COURS, (ListeDemandes.EN_COURS, ListeDemandes.DECIDEES))
    return _liste(entite_id, liste, "Demandes en cours")


@bp.get("/demandes/a-traiter")
@exige(TypeRole.GESTIONNAIRE)
def demandes_a_traiter(entite_id: int) -> ResponseReturnValue:
    """What the entité has to fill in."""
    return _liste(entite_id, ListeDemandes.A_TRAITER, "Demandes à traiter")


@bp.get("/demandes/nouvelle")
@exige(TypeRole.GESTIONNAIRE)
def nouvelle_demande(entite_id: int) -> ResponseReturnValue:
    """Which dispositif is asked for; `?niveau=` chooses it beforehand."""
    return _nouvelle(entite_id, request.args.get("niveau", ""))


@bp.post("/demandes/nouvelle")
@exige(TypeRole.GESTIONNAIRE)
def creer_demande(entite_id: int) -> Response:
    """Open the brouillon: once, however often the button is pressed."""
    choisi = request.form.get("niveau_id", "")
    try:
        demande_id = actions.creer(acteur(), lire_entier(choisi) or 0, request.form.get("jeton", ""))
    except ErreurMetier as erreur:
        return make_response(_nouvelle(entite_id, choisi, erreur), statut_de(erreur))
    return redirection(url_for("entite.demande", entite_id=entite_id, demande_id=demande_id))


def ou_en_est(demande: Demande) -> OuEnEst:
    """Where an open demande stands, said to the gestionnaire who would make another."""
    tour = tour_de(demande, acteur(), empechee=demande.entite.suspendue)
    ou = textes.ou_en_est(demande.niveau_vise.libelle, textes.ETATS[demande.etat], tour.texte)
    href = url_for("entite.demande", entite_id=demande.entite_id, demande_id=demande.id)
    return OuEnEst(demande.niveau_vise.libelle, ou, href)


def _liste(entite_id: int, liste: ListeDemandes, titre: str) -> str:
    def adresse(d: Demande) -> str:
        return url_for("entite.demande", entite_id=entite_id, demande_id=d.id)

    resultats, lignes = lignes_de(acteur(), liste, adresse)
    return render_template(
        "demandes/liste.html",
        vue=VueDemandes(
            titre=titre,
            titre_court=titre.removeprefix("Demandes ").capitalize(),
            vide=VIDES[liste],
            resultats=resultats,
            lignes=lignes,
            puces=_puces(entite_id, liste),
            avec_entite=False,
            nouvelle=url_for("entite.nouvelle_demande", entite_id=entite_id) if acteur_peut_ecrire() else "",
        ),
    )


def _puces(entite_id: int, liste: ListeDemandes) -> list[Puce]:
    if liste is ListeDemandes.A_TRAITER:
        return []
    comptes = lectures.compter(acteur())
    adresse = url_for("entite.demandes_en_cours", entite_id=entite_id)
    toutes = f"{adresse}?liste={ListeDemandes.DECIDEES.value}"
    recentes = liste is ListeDemandes.EN_COURS
    return [
        Puce("En cours et récentes", adresse, comptes.en_cours, recentes),
        Puce("Toutes les demandes terminées", toutes, comptes.decidees, not recentes),
    ]


def _nouvelle(entite_id: int, choisi: str, erreur: ErreurMetier | None = None) -> str:
    ouvertes = lectures.demandes_ouvertes(entite_id)
    niveaux = niveaux_a_certifier()
    if isinstance(erreur, DemandeDejaOuverte):
        flash(erreur.message, "attention")
    return render_template(
        "demandes/nouvelle.html",
        entite_id=entite_id,
        niveaux=[(n.id, f"{n.libelle} – {n.dispositif.libelle}") for n in niveaux if n.id not in ouvertes],
        ouvertes=[ou_en_est(d) for d in ouvertes.values()],
        demandee=next((ou_en_est(d) for d in ouvertes.values() if str(d.niveau_id) == choisi), None),
        choisi=choisi,
        textes=textes,
        jeton=request.form.get("jeton") or secrets.token_urlsafe(32),
        erreurs=erreur.champs if isinstance(erreur, SaisieInvalide) else {},
        message=erreur.message if erreur and not isinstance(erreur, SaisieInvalide) else "",
    )
