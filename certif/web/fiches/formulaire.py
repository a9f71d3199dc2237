"""The form of a geste: shown, read, recapitulated, applied; refused, it keeps what was typed."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, flash, make_response, render_template, request

from certif.domaine.acces import formulaires_gardes
from certif.domaine.erreurs import ActionImpossible, ErreurMetier, Refus, SaisieInvalide
from certif.domaine.libelles import ecrans as textes
from certif.domaine.une_fois import deja_fait, une_fois
from certif.socle.condense import condense_court
from certif.web.acces import acteur
from certif.web.connexion import config
from certif.web.erreurs import statut_de
from certif.web.fiches import champs as lecture
from certif.web.fiches.champs import Champ
from certif.web.fiches.presentation import adresse
from certif.web.fiches.rubrique import Creation, Geste, Recapitulatif, Rubrique
from certif.web.htmx import redirection

GARDEE = "saisie"
"""Names, in an address, the form that waits to be confirmed."""


@dataclass(frozen=True)
class VueDeFormulaire:
    """What `fiches/geste.html` reads; with a `recapitulatif`, hidden fields wait to be confirmed."""

    geste: Geste
    titre_objet: str
    champs: Sequence[Champ]
    saisis: Mapping[str, str]
    etat: str
    jeton: str
    retour: str
    erreurs: Mapping[str, list[str]] = field(default_factory=dict)
    message: str = ""
    recapitulatif: Recapitulatif | None = None

    @property
    def resume(self) -> list[tuple[str, str]]:
        """The errors in the order of the fields, each with the name of its own."""
        return [
            (c.nom, textes.erreur_du_champ(c.libelle, self.erreurs[c.nom][0]))
            for c in self.champs
            if c.nom in self.erreurs
        ]

    @property
    def corriger(self) -> str:
        """Where the fields that wait to be confirmed are found again."""
        return f"{request.full_path}&corriger=1"

    @property
    def autres(self) -> list[str]:
        """Messages that no field of the form carries."""
        connus = {c.nom for c in self.champs}
        return [m for nom, messages in self.erreurs.items() if nom not in connus for m in messages]


def repondre_formulaire(
    rubrique: Rubrique, geste: Geste, objet: Any, identifiant: int | str | None
) -> Response:
    """GET shows the form, or what a form kept for a while will do; POST applies it, or says what is wrong.

    The recap is a page of its own, so that the back button and a refresh find it again; it is the first page
    of a geste that has nothing to fill in.
    """
    champs = geste.champs(objet)
    affiches = lecture.ecrire(champs, geste.valeurs(objet))
    retour = adresse(rubrique.nom)
    if identifiant is not None:
        retour = adresse(f"{rubrique.nom}_fiche", identifiant=identifiant)
    titre = ""
    if objet is not None and rubrique.presenter is not None:
        titre = rubrique.presenter(objet).titre
    vue = VueDeFormulaire(
        geste, titre, champs, affiches, condense_court(affiches), secrets.token_urlsafe(32), retour
    )
    envoi = request.form if request.method == "POST" else _gardee(geste)
    if envoi is None and geste.recapituler is not None and not champs:
        return _page(_annoncer(vue, geste.recapituler, _objet(geste, objet)), 200)
    if envoi is None:
        return _page(vue, 200)
    saisis = lecture.poster(champs, envoi)
    vue = replace(vue, jeton=envoi.get("jeton", "") or vue.jeton)
    try:
        return _juger(vue, rubrique, objet, envoi, saisis)
    except SaisieInvalide as refus:
        return _page(_avec(vue, saisis, erreurs=refus.champs), 422)
    except ErreurMetier as refus:
        return _page(_avec(vue, saisis, message=refus.message), statut_de(refus))


def _annoncer(
    vue: VueDeFormulaire, recapituler: Callable[..., Recapitulatif | None], arguments: Sequence[Any]
) -> VueDeFormulaire:
    """What the geste will do, or why it cannot be done now."""
    try:
        return replace(vue, recapitulatif=recapituler(acteur(), *arguments))
    except (ActionImpossible, Refus) as refus:
        return replace(vue, message=refus.message)


def _juger(
    vue: VueDeFormulaire, rubrique: Rubrique, objet: Any, envoi: Mapping[str, str], saisis: Mapping[str, str]
) -> Response:
    geste, qui = vue.geste, acteur().individu_id
    deja = deja_fait(qui, vue.jeton)
    if deja is not None:
        return _conclure(vue, rubrique, objet, deja)
    if envoi.get("etat", "") != vue.etat:
        ecarts = _ecarts(vue, saisis)
        return _page(_avec(vue, saisis, message=textes.CHANGE_ENTRE_TEMPS, erreurs=ecarts), 409)
    valeurs = lecture.lire(vue.champs, saisis)
    arguments = _objet(geste, objet)
    confirme = bool(envoi.get("confirme"))
    if geste.recapituler is not None and not confirme:
        recapitulatif = geste.recapituler(acteur(), *arguments, **valeurs)
        if recapitulatif is not None or request.method != "POST":
            return _recapituler(vue, saisis, recapitulatif)
    if geste.au_besoin:
        valeurs["confirme"] = confirme
    fait = une_fois(qui, vue.jeton, lambda: geste.appliquer(acteur(), *arguments, **valeurs) or 0)
    return _conclure(vue, rubrique, objet, fait)


def _objet(geste: Geste, objet: Any) -> tuple[Any, ...]:
    return () if isinstance(geste, Creation) else (objet,)


def _recapituler(
    vue: VueDeFormulaire, saisis: Mapping[str, str], recapitulatif: Recapitulatif | None
) -> Response:
    """Keep the form and lead to its recap; there, show it, or the fields again for who corrects them."""
    if request.method != "POST":
        corrige = "corriger" in request.args
        return _page(_avec(vue, saisis, recapitulatif=None if corrige else recapitulatif), 200)
    champs = [("etat", vue.etat), ("jeton", vue.jeton), *saisis.items()]
    cle = formulaires_gardes.conserver(acteur().individu_id, request.path, champs, config().cle_secrete)
    if cle is None:
        raise Refus(textes.TROP_LONG)
    return redirection(f"{request.path}?{urlencode({GARDEE: cle})}")


def _gardee(geste: Geste) -> Mapping[str, str] | None:
    """The form whose recap is asked for, kept for its author and this address; None when there is none.

    It confirms nothing: a GET applies no geste, whatever was kept.
    """
    cle = request.args.get(GARDEE, "") if geste.recapituler else ""
    saisie = formulaires_gardes.retrouver(cle, acteur().individu_id, config().cle_secrete) if cle else None
    if saisie is None or saisie.adresse != request.path:
        return None
    return {nom: valeur for nom, valeur in saisie.champs if nom != "confirme"}


def _conclure(vue: VueDeFormulaire, rubrique: Rubrique, objet: Any, fait: int) -> Response:
    flash(vue.geste.fait, "succes")
    return redirection(_destination(vue, rubrique, objet, fait))


def _destination(vue: VueDeFormulaire, rubrique: Rubrique, objet: Any, fait: int) -> str:
    if vue.geste.vers is not None:
        return vue.geste.vers(objet, fait)
    if isinstance(vue.geste, Creation):
        return adresse(f"{rubrique.nom}_fiche", identifiant=fait)
    return vue.retour


def _ecarts(vue: VueDeFormulaire, saisis: Mapping[str, str]) -> dict[str, list[str]]:
    """Field by field, what is stored now where it is not what was typed."""
    return {
        c.nom: [textes.enregistre_depuis(_lisible(c, vue.saisis[c.nom]))]
        for c in vue.champs
        if saisis[c.nom].strip() != vue.saisis[c.nom]
    }


def _lisible(champ: Champ, ecrit: str) -> str:
    options: Mapping[str, str] = dict(getattr(champ, "options", ()))
    return options.get(ecrit, ecrit)


def _avec(vue: VueDeFormulaire, saisis: Mapping[str, str], **contexte: Any) -> VueDeFormulaire:
    return replace(vue, saisis=saisis, **contexte)


def _page(vue: VueDeFormulaire, statut: int) -> Response:
    return make_response(render_template("fiches/geste.html", vue=vue), statut)
