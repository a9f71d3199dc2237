"""Entrusting a session whose declarer has left: to whom, then the move."""

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.libelles.sessions import entite as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.actions.confier import confier, declarants_possibles
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.web.acces import acteur, exige
from certif.web.entiers import version_postee
from certif.web.entite.blueprint import bp
from certif.web.entite.session.onglets import adresse_onglet
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection


@bp.get("/sessions/<int:numero>/confier")
@exige(TypeRole.GESTIONNAIRE)
def choisir_declarant(entite_id: int, numero: int) -> ResponseReturnValue:
    """Who may take it over."""
    return _page(charger_pour_lire(acteur(), numero))


@bp.post("/sessions/<int:numero>/confier")
@exige(TypeRole.GESTIONNAIRE)
def confier_session(entite_id: int, numero: int) -> Response:
    """Entrust it."""
    try:
        confier(acteur(), numero, version_postee(), request.form.get("declarant", ""))
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return _page(charger_pour_lire(acteur(), numero), erreur)
    session_certif = charger_pour_lire(acteur(), numero)
    qui = session_certif.declarant
    flash(textes.confiee(numero, nom_affiche(qui.nom, qui.prenom)), "succes")
    return redirection(adresse_onglet(session_certif, "session"))


def _page(session_certif: SessionCertification, erreur: ErreurMetier | None = None) -> Response:
    champs = erreur.champs if isinstance(erreur, SaisieInvalide) else {}
    page = render_template(
        "entite/confier.html",
        session_certif=session_certif,
        declarants=[(i.id, nom_affiche(i.nom, i.prenom)) for i in declarants_possibles(session_certif)],
        choisi=request.form.get("declarant", ""),
        erreurs=champs,
        message=erreur.message if erreur and not champs else "",
        textes=textes,
        retour=url_for("entite.ouvrir", entite_id=session_certif.entite_id, numero=session_certif.numero),
    )
    return make_response(page, statut_de(erreur) if erreur else 200)
