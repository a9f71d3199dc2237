"""The search of a list by a person's name: a POST, so that the name stands in no address."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, render_template, request

from certif.domaine.libelles.saisie import NOM_SANS_LETTRE
from certif.domaine.noms import cle
from certif.domaine.sessions.listes import Filtres, Liste
from certif.web.adresses import lire_place
from certif.web.htmx import Fragment, echec, page_ou_fragments
from certif.web.sessions.filtres import lire_texte
from certif.web.sessions.liste import VueListe


def lire_nom(liste: Liste) -> tuple[Filtres, dict[str, str]]:
    """The filters of the posted name; without a letter in it, the whole list and what to say about it."""
    nom = lire_texte(request.form.get("nom", ""))
    filtres = Filtres(liste=liste, nom=nom, place=lire_place(request.form.get("page", "")))
    if cle(nom):
        return filtres, {}
    return replace(filtres, nom=""), {"erreur_nom": NOM_SANS_LETTRE, "nom_saisi": nom}


def repondre(vue: VueListe, refus: Mapping[str, str] | None = None) -> Response:
    """A list, as a page or in place; `refus` is what `lire_nom` has to say."""
    contexte = {"vue": vue, **(refus or {})}
    fragments: list[Fragment] = [("sessions/_liste.html", contexte)]

    def page() -> str:
        return render_template("sessions/liste.html", **contexte)

    return echec(fragments, page, 422) if refus else page_ou_fragments(fragments, page)
