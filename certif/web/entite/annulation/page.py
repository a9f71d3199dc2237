"""*Annuler et refaire* (R14): a choice, a recap that names what will happen, then the move."""

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.libelles.certificats import annulation as textes
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.domaine.sessions.valeurs import MotifAnnulation
from certif.web.acces import acteur, exige
from certif.web.entiers import version_postee
from certif.web.entite.annulation.annulables import (
    RecapitulatifAnnulation,
    ids_en_vigueur,
    recapitulatif_annulation,
)
from certif.web.entite.blueprint import bp
from certif.web.entite.certificats.page import contexte_telechargements
from certif.web.erreurs import statut_de
from certif.web.htmx import echec, succes

ANNULATION = "/sessions/<int:numero>/annulation"
_CHIFFRES_MAX = 9


@bp.get(ANNULATION)
@exige(TypeRole.GESTIONNAIRE)
def confirmer_annulation(entite_id: int, numero: int) -> ResponseReturnValue:
    """What cancelling the chosen certificates, or all of them, will do."""
    session_certif = charger_pour_lire(acteur(), numero)
    choisis = None if "tous" in request.args else _ids(request.args.getlist("certificat"))
    ids = ids_en_vigueur(session_certif, choisis)
    if not ids and session_certif.certificats_total:
        return _refuser_le_choix(session_certif)
    return _montrer(recapitulatif_annulation(session_certif, acteur(), Annulation(ids)))


@bp.post(ANNULATION)
@exige(TypeRole.GESTIONNAIRE)
def annuler_certificats(entite_id: int, numero: int) -> Response:
    """Cancel them; then comes the rectificative session, or the tab again when none is opened."""
    formulaire = request.form
    saisie = Annulation(
        _ids(formulaire.getlist("certificat")),
        formulaire.get("motif", ""),
        formulaire.get("precisions", ""),
        refaire="refaire" in formulaire,
    )
    try:
        rectificative = annuler_et_refaire(acteur(), numero, version_postee(), saisie)
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        recap = recapitulatif_annulation(charger_pour_lire(acteur(), numero), acteur(), saisie, erreur)
        return _montrer(recap, statut_de(erreur))
    flash(textes.fait(numero, len(saisie.certificats), rectificative), "succes")
    return succes([], _suite(entite_id, numero, rectificative, saisie.motif))


def _suite(entite_id: int, numero: int, rectificative: int | None, motif: str) -> str:
    """The tab where the mistake is mended; the old session's, when nothing is."""
    if rectificative is None:
        return url_for("entite.telechargements", entite_id=entite_id, numero=numero)
    onglet = "session" if motif == MotifAnnulation.DATE else "stagiaires"
    return url_for(f"entite.{onglet}", entite_id=entite_id, numero=rectificative)


def _ids(textes_: list[str]) -> tuple[int, ...]:
    """The identifiers that were posted.

    Raises:
        Introuvable: one of them is none.
    """
    if not all(t.isascii() and t.isdigit() and len(t) <= _CHIFFRES_MAX for t in textes_):
        raise Introuvable
    return tuple(dict.fromkeys(map(int, textes_)))


def _refuser_le_choix(session_certif: SessionCertification) -> Response:
    """Nothing was chosen: said beside the choice, in the tab."""
    refus = SaisieInvalide({"certificat": [textes.CHOISIR_UN_CERTIFICAT]})
    contexte = contexte_telechargements(session_certif, acteur(), refus)
    return echec(
        [("entite/_annulation.html", contexte)],
        lambda: render_template("entite/telechargements.html", **contexte),
        statut_de(refus),
    )


def _montrer(recap: RecapitulatifAnnulation, statut: int = 200) -> Response:
    """The recap in a dialog over the tab, or on its own page."""
    return echec(
        [("entite/_annulation_dialogue.html", {"recap": recap})],
        lambda: render_template("entite/annulation.html", recap=recap),
        statut,
    )
