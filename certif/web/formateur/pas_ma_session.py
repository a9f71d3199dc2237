"""*Ce n’est pas ma session*: said first, then done."""

from dataclasses import dataclass, field

from flask import Response, flash, render_template, url_for

from certif.domaine.erreurs import ErreurMetier, Introuvable, VersionPerimee
from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.sessions import formateur as textes
from certif.domaine.libelles.sessions.refus import ACTION_IMPOSSIBLE
from certif.domaine.sessions.actions.resultats import refuser_la_session
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.listes import Liste
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import peut_essayer
from certif.domaine.temps import format_date
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.erreurs import statut_de
from certif.web.formateur.blueprint import bp, charger_session
from certif.web.htmx import Fragment, echec, page_ou_fragments, succes


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What `formateur/_pas_ma_session.html` reads; not `possible`: there is nothing left to confirm."""

    session_certif: SessionCertification
    possible: bool
    texte: str
    details: list[tuple[str, str]]
    erreur: str = ""
    changements: list[str] = field(default_factory=list)


@bp.get("/sessions/<int:numero>/pas-ma-session")
def confirmer_refus(numero: int) -> Response:
    """What the answer will do."""
    contexte = {"confirmation": _confirmation(charger_session(acteur(), numero))}
    return page_ou_fragments(_dialogue(contexte), lambda: render_template(_PAGE, **contexte))


@bp.post("/sessions/<int:numero>/pas-ma-session")
def refuser_session(numero: int) -> Response:
    """Give the session back: from now on it is not theirs to see."""
    try:
        refuser_la_session(acteur(), numero, version_postee())
    except Introuvable:
        charger_session(acteur(), numero)
        raise
    except ErreurMetier as erreur:
        contexte = {"confirmation": _confirmation(charger_session(acteur(), numero), erreur)}
        return echec(_dialogue(contexte), lambda: render_template(_PAGE, **contexte), statut_de(erreur))
    flash(textes.session_rendue(numero), "succes")
    return succes([], url_for("formateur.sessions", liste=Liste.A_TRAITER.value))


_PAGE = "formateur/pas_ma_session.html"


def _dialogue(contexte: dict[str, Confirmation]) -> list[Fragment]:
    return [("formateur/_pas_ma_session_dialogue.html", contexte)]


def _confirmation(s: SessionCertification, erreur: ErreurMetier | None = None) -> Confirmation:
    possible = peut_essayer(s, acteur(), Action.PAS_MA_SESSION)
    return Confirmation(
        session_certif=s,
        possible=possible,
        texte=textes.pas_ma_session(s.numero, s.entite.raison_sociale),
        details=[
            (CHAMPS["niveau_id"], s.niveau.libelle if s.niveau else ""),
            (CHAMPS["lieu_type"], s.lieu),
            (CHAMPS["date_fin"], format_date(s.date_fin) if s.date_fin else ""),
        ],
        erreur=erreur.message if erreur else "" if possible else ACTION_IMPOSSIBLE,
        changements=erreur.changements if isinstance(erreur, VersionPerimee) else [],
    )
