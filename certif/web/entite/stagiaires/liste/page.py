"""The pages of a list: given, seen line by line, corrected, added.

Where no script runs, a preview is a page of its own, kept for a while: a POST leads to it, and to go back or
to read it again sends nothing.
"""

from dataclasses import replace
from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.erreurs import (
    ActionImpossible,
    ErreurMetier,
    SaisieInvalide,
    ServiceIndisponible,
    VersionPerimee,
)
from certif.domaine.libelles.sessions import entite as textes_de_l_entite
from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.sessions.actions.liste import ajouter_liste, examiner_pour
from certif.domaine.sessions.inscriptions.decoupe import decouper
from certif.domaine.sessions.inscriptions.examen import Examen, Verdict
from certif.domaine.sessions.inscriptions.lecture import Liste
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger, charger_pour_lire
from certif.domaine.sessions.presentation import saisie_possible
from certif.web.acces import acteur
from certif.web.document import reponse_classeur
from certif.web.entiers import version_postee
from certif.web.entite.blueprint import bp
from certif.web.entite.session.onglets import adresse_onglet, onglets_entite
from certif.web.entite.stagiaires.liste.etat import (
    garder,
    liste_de,
    liste_gardee,
    liste_postee,
    refus_des_colonnes,
)
from certif.web.entite.stagiaires.liste.vue import vue
from certif.web.erreurs import statut_de
from certif.web.htmx import Fragment, echec, est_fragment, page_ou_fragments, redirection
from certif.web.sessions.cadre import cadre
from certif.web.tableau_envoye import lire_la_table, oublier

LISTE = "/sessions/<int:numero>/stagiaires/liste"


@bp.get(LISTE)
def liste(entite_id: int, numero: int) -> ResponseReturnValue:
    """Where a list is pasted, or a file chosen."""
    return _page(_ouverte(numero), {})


@bp.post(LISTE)
def lire_une_liste(entite_id: int, numero: int) -> Response:
    """Read it, and show what would become of each line."""
    session_certif = _ouverte(numero)
    try:
        lue = liste_de(*lire_la_table(decouper))
    except (SaisieInvalide, ServiceIndisponible) as refus:
        erreurs = refus.champs if isinstance(refus, SaisieInvalide) else {"fichier": [refus.message]}
        contexte = {"lignes": request.form.get("lignes", ""), "erreurs": erreurs}
        return _repondre(session_certif, contexte, refus)
    return _montrer(session_certif, lue)


@bp.get(f"{LISTE}/apercu")
def apercu_de_la_liste(entite_id: int, numero: int) -> ResponseReturnValue:
    """The preview that is kept, in the session as it is now; once it no longer is, where to paste again."""
    session_certif = _ouverte(numero)
    cle = request.args.get("saisie", "")
    gardee = liste_gardee(session_certif, cle)
    if gardee is None:
        if cle:
            flash(textes.APERCU_PERIME, "attention")
        return redirection(url_for("entite.liste", entite_id=entite_id, numero=numero))
    return _page(session_certif, _apercu(session_certif, gardee, cle=cle))


@bp.get(f"{LISTE}/ajouter")
def liste_perdue(entite_id: int, numero: int) -> Response:
    """Where a preview is sent, asked for by itself."""
    charger(acteur(), numero)
    return redirection(url_for("entite.liste", entite_id=entite_id, numero=numero))


@bp.post(f"{LISTE}/apercu")
def relire_la_liste(entite_id: int, numero: int) -> Response:
    """The preview again, with what was corrected and chosen; nothing is written."""
    session_certif = _ouverte(numero)
    return _montrer(session_certif, liste_postee())


@bp.post(f"{LISTE}/ajouter")
def ajouter_la_liste(entite_id: int, numero: int) -> Response:
    """Add the good lines; those that are still to be corrected stay."""
    charger(acteur(), numero)
    postee = liste_postee()
    if refus_des_colonnes(postee.colonnes):
        return _refuser(numero, postee, SaisieInvalide({}))
    try:
        examen = ajouter_liste(acteur(), numero, version_postee(), postee)
    except (ActionImpossible, VersionPerimee) as refus:
        return _refuser(numero, postee, refus)
    session_certif = _ouverte(numero)
    reste = _reste(postee, examen or examiner_pour(session_certif, postee))
    dit = textes.ajoutes(len(examen.a_ecrire), len(reste.rangees)) if examen else textes.DEJA_AJOUTEE
    if not reste.rangees:
        oublier(_cle())
        flash(dit, "succes")
        return redirection(adresse_onglet(session_certif, "stagiaires"))
    return _montrer(session_certif, reste, dit)


@bp.get(f"{LISTE}/modele")
def modele_de_liste(entite_id: int, numero: int) -> Response:
    """A workbook to fill in."""
    charger(acteur(), numero)
    entetes = [textes.SENS_NOM, textes.SENS_PRENOM, textes.SENS_NAISSANCE]
    return reponse_classeur({"Stagiaires": [entetes]}, "stagiaires.xlsx")


def _ouverte(numero: int) -> SessionCertification:
    """The session, if it can be filled in now.

    Raises:
        ActionImpossible: it cannot.
    """
    session_certif = charger_pour_lire(acteur(), numero)
    if not saisie_possible(session_certif, acteur()):
        raise ActionImpossible(textes_de_l_entite.SAISIE_FERMEE)
    return session_certif


def _reste(postee: Liste, examen: Examen) -> Liste:
    """What is still to be corrected, under its headings."""
    a_corriger = {ligne.numero for ligne in examen.de(Verdict.A_CORRIGER)}
    entete = postee.colonnes.entete
    gardees = [
        (place, r)
        for place, r in enumerate(postee.table.rangees)
        if place == entete or r.numero in a_corriger
    ]
    return replace(
        postee,
        table=replace(postee.table, rangees=[r for _, r in gardees]),
        colonnes=replace(
            postee.colonnes,
            choisies=True,  # of the few lines that remain, they could be recognised otherwise
            entete=next((rang for rang, (place, _) in enumerate(gardees) if place == entete), None),
        ),
    )


def _cle() -> str:
    """Under which this preview is kept; "" where a script runs."""
    return request.form.get("saisie", "")


def _montrer(session_certif: SessionCertification, lue: Liste, fait: str = "") -> Response:
    """Its preview: in place, or where it is kept."""
    cle = _garder(session_certif, lue)
    if cle and not est_fragment():
        if fait:
            flash(fait, "succes")
        entite_id, numero = session_certif.entite_id, session_certif.numero
        return redirection(
            url_for("entite.apercu_de_la_liste", entite_id=entite_id, numero=numero, saisie=cle)
        )
    return _repondre(session_certif, _apercu(session_certif, lue, cle=cle) | {"fait": fait})


def _refuser(numero: int, postee: Liste, refus: ErreurMetier) -> Response:
    session_certif = _ouverte(numero)
    contexte = _apercu(session_certif, postee, refus, cle=_garder(session_certif, postee))
    return _repondre(session_certif, contexte, refus)


def _garder(session_certif: SessionCertification, liste: Liste) -> str:
    """Keep it, and say under which key: "" if it is too much, or where a page in place has no need of it."""
    cle = _cle()
    if est_fragment() and not cle:
        return ""
    gardee = garder(liste, session_certif, cle)
    if gardee is None:
        oublier(cle)
    return gardee or ""


def _apercu(
    session_certif: SessionCertification, lue: Liste, refus: ErreurMetier | None = None, *, cle: str
) -> dict[str, Any]:
    examen = examiner_pour(session_certif, lue)
    return {
        "vue": vue(session_certif, acteur(), lue, examen, refus_des_colonnes(lue.colonnes)),
        "refus": refus,
        "changements": refus.changements if isinstance(refus, VersionPerimee) else [],
        "saisie": cle,
    }


def _repondre(
    session_certif: SessionCertification, contexte: dict[str, Any], refus: ErreurMetier | None = None
) -> Response:
    fragments: list[Fragment] = [("entite/_liste.html", _complet(session_certif, contexte))]
    if refus is None:
        return page_ou_fragments(fragments, lambda: _page(session_certif, contexte))
    return echec(fragments, lambda: _page(session_certif, contexte), statut_de(refus))


def _page(session_certif: SessionCertification, contexte: dict[str, Any]) -> str:
    return render_template(
        "entite/liste.html",
        cadre=cadre(session_certif, acteur(), onglets_entite(session_certif, "stagiaires")),
        **_complet(session_certif, contexte),
    )


def _complet(session_certif: SessionCertification, contexte: dict[str, Any]) -> dict[str, Any]:
    la_session = {"entite_id": session_certif.entite_id, "numero": session_certif.numero}
    return {
        "la_session": la_session,
        "lignes": "",
        "erreurs": {},
        "vue": None,
    } | contexte
