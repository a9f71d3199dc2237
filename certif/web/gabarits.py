"""What every template is given: the space, the demonstration's signs, filters for dates and names."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask, g, url_for

from certif.domaine import noms, temps
from certif.domaine.acces.authentificateurs import possibles
from certif.domaine.acces.espaces import Personne
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.assistance import l_administrateur
from certif.socle.horloge import aujourd_hui, instant_reel, maintenant
from certif.web import acces
from certif.web.adresses import ecrire_place
from certif.web.connexion import config, individu_attendu, personne, signature_de_la_page
from certif.web.htmx import est_fragment
from certif.web.menus import EnTete, en_tete, en_tete_du_compte

MOT_LONG = 14
"""Letters from which on a word may be cut to leave their room to the other columns of a list."""
MOT_SANS_FIN = 40
"""The same where most are longer: addresses."""


def installer(app: Flask) -> None:
    """Register the context, the filters of days, instants and places, and the words that templates share."""
    app.context_processor(_contexte)
    app.jinja_env.filters.update(
        date=lambda quand: temps.format_date(_jour(quand)),
        date_heure=temps.format_date_heure,
        heure=temps.format_heure,
        place=ecrire_place,
        mots_longs=lambda valeur: _plus_long_mot(valeur) > MOT_LONG,
        mots_sans_fin=lambda valeur: _plus_long_mot(valeur) > MOT_SANS_FIN,
        proche=lambda quand: temps.proche(_jour(quand), aujourd_hui()),
    )
    app.jinja_env.globals.update(
        adresse_des_icones=_adresse_des_icones,
        nom_affiche=noms.nom_affiche,
        aides=ecrans.AIDES,
        ecrans=ecrans,
        l_administrateur=l_administrateur,
    )


def _plus_long_mot(valeur: object) -> int:
    """Letters of the longest word of what a cell of a list holds: none when it is no text."""
    return max(map(len, re.split(r"[\s-]", valeur))) if isinstance(valeur, str) else 0


def _adresse_des_icones() -> str:
    """Where the icons are: asked for by each of them, found once by a request."""
    adresse: str | None = g.get("adresse_des_icones")
    if adresse is None:
        adresse = g.adresse_des_icones = url_for("static", filename="icones.svg")
    return adresse


def _contexte() -> dict[str, Any]:
    """The frame's needs; a fragment has no frame and costs no query.

    The login dialog asks `reprise()` whose page a login resumes, and `cles_offertes()` whether passkeys work.
    """
    commun: dict[str, Any] = {
        "demonstration": config().demonstration,
        "reprise": individu_attendu,
        "cles_offertes": possibles,
    }
    if est_fragment():
        return commun
    present = personne()
    return commun | {
        "espace": _en_tete(present) if present else None,
        "horloge_decalee": _horloge_decalee(),
        "assistance": config().assistance,
        "page_de": signature_de_la_page(),
        "verifier_href": url_for("verification.formulaire"),
    }


def _en_tete(present: Personne) -> EnTete | None:
    """The header and the menu of the page; a page outside of any space, which anybody may read, has none."""
    espace = acces.cadre()
    if espace:
        return en_tete(present, espace)
    return en_tete_du_compte(present) if acces.du_compte() else None


def _jour(quand: date | datetime) -> date:
    """The day of an instant in Paris; a day is its own."""
    return temps.date_de(quand) if isinstance(quand, datetime) else quand


def _horloge_decalee() -> str | None:
    """The business time in words, when it is not the real one."""
    if abs(maintenant() - instant_reel()) < timedelta(minutes=1):
        return None
    return temps.format_date_heure(maintenant())
