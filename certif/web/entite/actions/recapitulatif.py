"""What a move that cannot be undone will do, said before it is confirmed: a dialog, or a page of its own."""

from dataclasses import dataclass, field

from flask import Response, render_template, url_for

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.premiers_pas import signature_prete
from certif.domaine.erreurs import ErreurMetier, VersionPerimee
from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.sessions import entite
from certif.domaine.libelles.sessions.etats import ACTIONS
from certif.domaine.libelles.sessions.refus import ACTION_IMPOSSIBLE
from certif.domaine.noms import nom_affiche, nom_court
from certif.domaine.sessions.annonces import formateur_a_prevenir
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import actions_possibles
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from certif.web.entite.actions.a_etablir import AEtablir, a_etablir
from certif.web.entite.session.boite import empechement_de_generer
from certif.web.entite.session.onglets import adresse_du_moment, adresse_onglet
from certif.web.htmx import echec

A_CONFIRMER = (
    Action.GENERER,
    Action.MODIFIER_SAISIE,
    Action.CLORE_SANS_CERTIFICAT,
    Action.REPRENDRE_SAISIE,
    Action.ROUVRIR,
    Action.SUPPRIMER,
)

DESTRUCTIVES = (Action.CLORE_SANS_CERTIFICAT, Action.SUPPRIMER)


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """What `templates/entite/_recapitulatif.html` reads; without `poste` there is nothing left to confirm.

    `suite`: what can be done instead, and where. `a_etablir`: of *Générer*. `avertissement`: what is worth
    knowing first, and never blocks; `ou_le_regler` is where this actor can mend it, or "".
    """

    numero: int
    titre: str
    texte: str
    details: list[tuple[str, str]]
    bouton: str
    danger: bool
    poste: str
    retour: str
    version: int
    erreur: str = ""
    changements: list[str] = field(default_factory=list)
    suite: tuple[str, str] | None = None
    a_etablir: AEtablir | None = None
    avertissement: str = ""
    ou_le_regler: str = ""


def recapitulatif(
    session_certif: SessionCertification, acteur: Acteur, action: Action, erreur: ErreurMetier | None = None
) -> Recapitulatif:
    """The recap of this move with the data now in force; `erreur` is why the last click was refused."""
    s = session_certif
    possibles = actions_possibles(s, acteur)
    possible = action in possibles
    message = erreur.message if erreur else "" if possible else ACTION_IMPOSSIBLE
    suite = None
    if possible and action is Action.GENERER and (empechement := empechement_de_generer(s)):
        possible, message = False, message or empechement
        if s.date_fin is not None and s.date_fin <= aujourd_hui() and Action.MODIFIER_SAISIE in possibles:
            suite = _adresse_de(s, Action.MODIFIER_SAISIE)
    sans_signataire = possible and action is Action.GENERER and not signature_prete(s.entite)
    return Recapitulatif(
        numero=s.numero,
        titre=entite.TITRES_RECAPITULATIFS[action.value],
        texte=_texte(s, action) if possible else "",
        details=_details(s) if possible and action is Action.SUPPRIMER else [],
        bouton=ACTIONS[action.value],
        danger=action in DESTRUCTIVES,
        poste=_adresse(s, action) if possible else "",
        retour=adresse_onglet(s, "telechargements") if action is Action.ROUVRIR else adresse_du_moment(s),
        version=s.version,
        erreur=message,
        changements=erreur.changements if isinstance(erreur, VersionPerimee) else [],
        suite=suite,
        a_etablir=a_etablir(s) if possible and action is Action.GENERER else None,
        avertissement=entite.SANS_SIGNATAIRE if sans_signataire else "",
        ou_le_regler=_page_du_signataire(s, acteur) if sans_signataire else "",
    )


def montrer(recap: Recapitulatif, statut: int = 200) -> Response:
    """The recap in a dialog over the page at hand, or on its own page; 409 with nothing to confirm."""
    return echec(
        [("entite/_recapitulatif_dialogue.html", {"recap": recap})],
        lambda: render_template("entite/recapitulatif.html", recap=recap),
        statut if recap.poste else max(statut, 409),
    )


def _adresse(s: SessionCertification, action: Action) -> str:
    if action is Action.SUPPRIMER:
        return url_for("entite.supprimer", entite_id=s.entite_id, numero=s.numero)
    return url_for("entite.agir", entite_id=s.entite_id, numero=s.numero, action=action.value)


def _adresse_de(s: SessionCertification, action: Action) -> tuple[str, str]:
    """The recap of another move, as its label and its address."""
    return ACTIONS[action.value], url_for(
        "entite.recapituler", entite_id=s.entite_id, numero=s.numero, action=action.value
    )


def _page_du_signataire(s: SessionCertification, acteur: Acteur) -> str:
    if acteur.role is not TypeRole.GESTIONNAIRE:
        return ""
    return url_for("entite.modifier_entite", entite_id=s.entite_id)


def _texte(s: SessionCertification, action: Action) -> str:
    formateur = nom_court(s.formateur.nom, s.formateur.prenom) if s.formateur else ""
    match action:
        case Action.GENERER:
            return entite.avant_de_generer(len(s.reussites), delais.telechargeable_jusqu_au(aujourd_hui()))
        case Action.MODIFIER_SAISIE:
            return entite.avant_de_modifier(s.numero, formateur)
        case Action.CLORE_SANS_CERTIFICAT:
            return entite.avant_de_clore(s.numero, len(s.stagiaires))
        case Action.REPRENDRE_SAISIE:
            return entite.avant_de_reprendre(s.numero, formateur)
        case Action.ROUVRIR:
            return entite.avant_de_rouvrir(s.numero)
    return entite.avant_de_supprimer(s.numero, s.niveau.libelle if s.niveau else "", len(s.stagiaires))


def _details(s: SessionCertification) -> list[tuple[str, str]]:
    """The session that is about to go, so that nobody deletes another one."""
    lignes = [
        ("Session", f"n°\u00a0{s.numero}"),
        (CHAMPS["niveau_id"], s.niveau.libelle if s.niveau else ""),
        (CHAMPS["certificat_id"], s.certificat.libelle if s.certificat else ""),
        (CHAMPS["date_fin"], format_date(s.date_fin) if s.date_fin else ""),
        (CHAMPS["stagiaires"], str(len(s.stagiaires))),
        (CHAMPS["reference_interne"], s.reference_interne or ""),
    ]
    if (formateur := formateur_a_prevenir(s)) is not None:
        lignes.append(
            (CHAMPS["formateur_id"], entite.formateur_informe(nom_affiche(formateur.nom, formateur.prenom)))
        )
    return [(libelle, valeur) for libelle, valeur in lignes if valeur]
