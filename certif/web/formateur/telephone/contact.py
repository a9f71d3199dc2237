"""What a phone that keeps sessions asks whenever it reaches the site: for whom, which ones, in which words.

Whoever asks gets an answer that only this site gives: a phone erases nothing because of a proxy's page.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response, current_app, jsonify, url_for
from flask_wtf.csrf import generate_csrf

from certif.domaine.acces.espaces import Espace
from certif.domaine.acteur import TypeRole
from certif.domaine.libelles.typographie import francais
from certif.domaine.sessions.hors_ligne import Gardee, a_garder
from certif.domaine.sessions.regles import delais
from certif.socle.horloge import aujourd_hui
from certif.web.acces import mes_espaces, public
from certif.web.connexion import personne, signature_de_la_page
from certif.web.formateur.blueprint import bp


def _une_ou_plusieurs(une: str, plusieurs: str) -> tuple[str, str]:
    return francais(une), francais(plusieurs)


MOTS: Mapping[str, tuple[str, str]] = {
    "attente": _une_ou_plusieurs("{n} réponse en attente d'envoi", "{n} réponses en attente d'envoi"),
    "perdues": _une_ou_plusieurs(
        "{n} réponse de la session n° {numero} n'a pas été envoyée",
        "{n} réponses de la session n° {numero} n'ont pas été envoyées",
    ),
    "manque": _une_ou_plusieurs("{n} stagiaire sans résultat", "{n} stagiaires sans résultat"),
    "pas_parties": _une_ou_plusieurs("{n} réponse n'est pas partie.", "{n} réponses ne sont pas parties."),
}
"""By what is said: for 0 and 1, then for more. `{n}` and `{numero}` are put in by the phone."""

PHRASES: Mapping[str, str] = {
    "garde": francais("Gardé sur ce téléphone à {heure}"),
    "envoi": francais(
        "Vos résultats sont gardés sur ce téléphone : ils partiront dès que le réseau sera revenu."
    ),
    "retour": francais("Votre retour est gardé sur ce téléphone : il partira dès que le réseau sera revenu."),
    "copie": francais("Réseau absent, ou trop lent. Cette page est celle du {quand}."),
    "a_copier": francais("Pas encore sur ce téléphone…"),
    "relire": francais("Des réponses de la session n° {numero}, gardées ici, ne sont pas enregistrées."),
    "ouvrir": francais("Ouvrir la session"),
    "relues": francais("Vos réponses gardées n'étaient pas enregistrées : elles vous sont montrées ici."),
    "ailleurs": francais(
        "Non enregistré : une autre page de ce téléphone a répondu depuis. Voici ses réponses."
    ),
    "en_route": francais("Vos résultats sont déjà en route : attendez le retour du réseau."),
    "raison_reprise": francais("L'entité a repris la session, ou vous n'en êtes plus le formateur."),
    "raison_delai": francais("72 heures ont passé sans réseau."),
    "raison_role": francais("Vous n'êtes plus formateur."),
    "efface": francais(
        "Pas de réseau. Ce que ce téléphone gardait est effacé, mais votre connexion reste ouverte : "
        "déconnectez-vous de nouveau quand le réseau sera revenu."
    ),
    "modifier": francais("Modifier mes réponses"),
    "compris": francais("J'ai compris"),
    "abandonner": francais("Ne pas envoyer"),
    "abandonner_sur": francais("Oui, y renoncer (certaines sont peut-être déjà parties)"),
}
"""What is said whatever the number."""


@bp.get("/telephone/contact")
@public
def contact() -> Response:
    """Nobody's when no login is open; without sessions when the person is no formateur any more.

    The person is named as every page of theirs names them, but for the hour and the seal.
    """
    present = personne()
    commun: dict[str, Any] = {"certif": 1, "version": current_app.static_url_path, "personne": None}
    if present is None:
        return jsonify(commun)
    espace = next((e for e in mes_espaces() if e.role is TypeRole.FORMATEUR), None)
    commun |= {
        "personne": signature_de_la_page().split(".")[0],
        "formateur": espace is not None,
        "jeton": generate_csrf(),
        "heures": delais.HEURES_SUR_LE_TELEPHONE,
        "mots": {**MOTS, **PHRASES},
        "page": url_for("formateur.telephone"),
        "sessions": _sessions(espace) if espace else [],
    }
    return jsonify(commun)


def _sessions(espace: Espace) -> list[dict[str, Any]]:
    return [
        asdict(gardee) | {"adresses": _adresses(gardee)} for gardee in a_garder(espace.acteur, aujourd_hui())
    ]


def _adresses(gardee: Gardee) -> list[str]:
    """The pages to keep: the last one holds the answers, and tells the version."""
    return [url_for(f"formateur.{onglet}", numero=gardee.numero) for onglet in ("session", "stagiaires")]
