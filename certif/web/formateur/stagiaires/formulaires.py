"""What every form of the tab "Stagiaires" goes through: read, act, then answer, or show what was refused."""

from collections.abc import Callable

from flask import Response, render_template, request, url_for

from certif.domaine.erreurs import ErreurMetier, Introuvable
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.erreurs import statut_de
from certif.web.formateur.blueprint import charger_session
from certif.web.formateur.session import onglets
from certif.web.formateur.stagiaires.reponses import Saisie, ecrire_annulables, lire_saisie
from certif.web.formateur.stagiaires.vue import VueResultats, vue_resultats
from certif.web.htmx import Fragment, echec
from certif.web.sessions.cadre import cadre, fragments_du_cadre

Verbe = Callable[[int, int, Saisie], Saisie]
"""An action on a session: its number, the posted version, the posted page; what the next page starts from."""


def faire(numero: int, verbe: Verbe, repondre: Callable[[int, Saisie], Response]) -> Response:
    """Run `verbe` on what was posted, then `repondre`; a refusal shows the page as it was left."""
    saisie = Saisie()
    try:
        saisie = lire_saisie(request.form)
        suite = verbe(numero, version_postee(), saisie)
    except Introuvable:
        charger_session(acteur(), numero)  # says it better when the session went back to saisie
        raise
    except ErreurMetier as erreur:
        return refuser(numero, saisie, erreur)
    return repondre(numero, suite)


def refuser(numero: int, saisie: Saisie, erreur: ErreurMetier) -> Response:
    """The tab with what was typed, and why nothing was done."""
    vue = vue_de(numero, saisie, erreur)
    return echec(fragments(vue), lambda: page(vue), statut_de(erreur))


def vue_de(numero: int, saisie: Saisie | None = None, erreur: ErreurMetier | None = None) -> VueResultats:
    """The tab as it stands now.

    Raises:
        Introuvable: the session is not this formateur's to open.
    """
    session_certif = charger_session(acteur(), numero)
    return vue_resultats(cadre(session_certif, acteur(), onglets(numero, "stagiaires")), saisie, erreur)


def page(vue: VueResultats) -> str:
    """The whole page."""
    return render_template("formateur/stagiaires.html", cadre=vue.cadre, vue=vue)


def fragments(vue: VueResultats) -> list[Fragment]:
    """Every piece of the page that a change may move."""
    return [*fragments_du_cadre(vue.cadre), ("formateur/_resultats.html", {"vue": vue})]


def adresse_de_la_page(numero: int, saisie: Saisie, ancre: str | None = None) -> str:
    """The tab, which still knows what can be undone."""
    annulables = ecrire_annulables(saisie.annulables) or None
    return url_for("formateur.stagiaires", numero=numero, annulables=annulables, _anchor=ancre)
