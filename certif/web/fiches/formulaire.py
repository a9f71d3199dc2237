"""The form of a geste: shown, read, recapitulated, applied; refused, it keeps what was typed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import Response, flash, make_response, render_template, request

from certif.domaine.erreurs import ErreurMetier, SaisieInvalide
from certif.domaine.libelles import fiches as textes
from certif.domaine.une_fois import deja_fait, une_fois
from certif.web.acces import acteur
from certif.web.erreurs import statut_de
from certif.web.fiches import champs as lecture
from certif.web.fiches.adresses import adresse
from certif.web.fiches.champs import Champ
from certif.web.fiches.rubrique import Creation, Geste, Recapitulatif, Rubrique
from certif.web.htmx import redirection


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
        """The errors in the order of the fields."""
        return [(c.nom, self.erreurs[c.nom][0]) for c in self.champs if c.nom in self.erreurs]

    @property
    def autres(self) -> list[str]:
        """Messages that no field of the form carries."""
        connus = {c.nom for c in self.champs}
        return [m for nom, messages in self.erreurs.items() if nom not in connus for m in messages]


def repondre_formulaire(
    rubrique: Rubrique, geste: Geste, objet: Any, identifiant: int | str | None
) -> Response:
    """GET shows the form; POST applies it, or shows it again with what is wrong."""
    champs = geste.champs(objet)
    affiches = lecture.ecrire(champs, geste.valeurs(objet))
    retour = adresse(rubrique.nom)
    if identifiant is not None:
        retour = adresse(f"{rubrique.nom}_fiche", identifiant=identifiant)
    titre = ""
    if objet is not None and rubrique.presenter is not None:
        titre = rubrique.presenter(objet).titre
    vue = VueDeFormulaire(
        geste, titre, champs, affiches, _condense(affiches), secrets.token_urlsafe(32), retour
    )
    if request.method != "POST":
        return _page(vue, 200)
    saisis = lecture.poster(champs, request.form)
    try:
        return _appliquer(vue, rubrique, objet, saisis)
    except SaisieInvalide as refus:
        return _page(_refusee(vue, saisis, erreurs=refus.champs), 422)
    except ErreurMetier as refus:
        return _page(_refusee(vue, saisis, message=refus.message), statut_de(refus))


def _appliquer(vue: VueDeFormulaire, rubrique: Rubrique, objet: Any, saisis: Mapping[str, str]) -> Response:
    geste, jeton, qui = vue.geste, request.form.get("jeton", ""), acteur().individu_id
    deja = deja_fait(qui, jeton)
    if deja is not None:
        return _conclure(vue, rubrique, objet, deja)
    if request.form.get("etat", "") != vue.etat:
        return _page(
            _refusee(vue, saisis, message=textes.CHANGE_ENTRE_TEMPS, erreurs=_ecarts(vue, saisis)), 409
        )
    if request.form.get("corriger"):
        return _page(_refusee(vue, saisis), 200)
    valeurs = lecture.lire(vue.champs, saisis)
    arguments = () if isinstance(geste, Creation) else (objet,)
    if geste.recapituler is not None and not request.form.get("confirme"):
        recapitulatif = geste.recapituler(acteur(), *arguments, **valeurs)
        if recapitulatif is not None:
            return _page(_refusee(vue, saisis, recapitulatif=recapitulatif), 200)
    fait = une_fois(qui, jeton, lambda: geste.appliquer(acteur(), *arguments, **valeurs) or 0)
    return _conclure(vue, rubrique, objet, fait)


def _conclure(vue: VueDeFormulaire, rubrique: Rubrique, objet: Any, fait: int) -> Response:
    flash(vue.geste.fait, "succes")
    return redirection(_destination(vue, rubrique, objet, fait))


def _destination(vue: VueDeFormulaire, rubrique: Rubrique, objet: Any, fait: int) -> str:
    if vue.geste.vers is not None:
        return vue.geste.vers(objet, fait)
    if isinstance(vue.geste, Creation):
        return adresse(f"{rubrique.nom}_fiche", identifiant=fait)
    return vue.retour


def _condense(affiches: Mapping[str, str]) -> str:
    """What the form showed: posted back, it tells whether something else is stored by now."""
    return sha256(json.dumps(affiches, sort_keys=True).encode()).hexdigest()[:16]


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


def _refusee(vue: VueDeFormulaire, saisis: Mapping[str, str], **contexte: Any) -> VueDeFormulaire:
    jeton = request.form.get("jeton", "") or vue.jeton
    return VueDeFormulaire(
        vue.geste, vue.titre_objet, vue.champs, saisis, vue.etat, jeton, vue.retour, **contexte
    )


def _page(vue: VueDeFormulaire, statut: int) -> Response:
    return make_response(render_template("fiches/geste.html", vue=vue), statut)
