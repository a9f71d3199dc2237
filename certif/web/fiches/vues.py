"""The views of every rubrique: a list, a private search, a record, a form."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from flask import Blueprint, Response, flash, render_template, request
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.libelles import ecrans as textes
from certif.domaine.une_fois import deja_fait
from certif.web.acces import acteur, acteur_peut_ecrire, exige, sans_ecriture
from certif.web.fiches.formulaire import repondre_formulaire
from certif.web.fiches.liste import VueDeListe, vue_de_liste
from certif.web.fiches.presentation import Bouton, Fiche, adresse
from certif.web.fiches.rubrique import Geste, Rubrique
from certif.web.htmx import echec, page_ou_fragments, redirection

B = TypeVar("B", bound=Blueprint)


def inscrire(bp: Blueprint, rubrique: Rubrique, *roles: TypeRole) -> None:
    """Give a rubrique its addresses: `<nom>`, `<nom>_recherche`, `<nom>_fiche`, `<nom>_nouveau` and
    `<nom>_<geste>`. They ask for the access of the blueprint, and for one of these roles if there are any.
    """
    nom, un = rubrique.nom, f"/<{rubrique.convertisseur}:identifiant>"

    def ajouter(suite: str, endpoint: str, vue: Any, methodes: Sequence[str] = ("GET",)) -> None:
        gardee = exige(*roles)(vue) if roles else vue
        bp.add_url_rule(f"/{nom}{suite}", endpoint, gardee, methods=list(methodes))

    ajouter("", nom, lambda **_: _repondre_liste(vue_de_liste(rubrique, request.args)))
    if rubrique.privee:
        chercher = sans_ecriture(lambda **_: _repondre_liste(vue_de_liste(rubrique, request.form)))
        ajouter("/recherche", f"{nom}_recherche", chercher, ("POST",))
    if rubrique.creation:
        ajouter("/nouveau", f"{nom}_nouveau", _vue_de_geste(rubrique, rubrique.creation), ("GET", "POST"))
    if rubrique.charger:
        ajouter(un, f"{nom}_fiche", _vue_de_fiche(rubrique))
    for geste in rubrique.gestes:
        endpoint = f"{nom}_{geste.nom.replace('-', '_')}"
        ajouter(f"{un}/{geste.nom}", endpoint, _vue_de_geste(rubrique, geste), ("GET", "POST"))


def adresse_du_geste(rubrique: str, geste: str, identifiant: int | str) -> str:
    """The form of this geste, in the same space."""
    return adresse(f"{rubrique}_{geste.replace('-', '_')}", identifiant=identifiant)


def _repondre_liste(vue: VueDeListe) -> Response:
    contexte = {"vue": vue, "creer": _creer(vue.rubrique), "liens": _liens(vue.rubrique)}
    fragments = [("fiches/_liste.html", contexte)]

    def page() -> str:
        return render_template("fiches/liste.html", **contexte)

    return echec(fragments, page, 422) if vue.erreurs else page_ou_fragments(fragments, page)


def _creer(rubrique: Rubrique) -> Bouton | None:
    if rubrique.creation is None or not acteur_peut_ecrire():
        return None
    return Bouton(rubrique.creation.libelle, adresse(f"{rubrique.nom}_nouveau"))


def _liens(rubrique: Rubrique) -> list[Bouton]:
    if not acteur_peut_ecrire():
        return []
    return [Bouton(libelle, adresse(endpoint)) for libelle, endpoint in rubrique.liens]


def _vue_de_fiche(rubrique: Rubrique) -> Any:
    def voir(identifiant: int | str, **_: Any) -> ResponseReturnValue:
        objet = _charger(rubrique, identifiant)
        if rubrique.presenter is None:
            raise Introuvable
        if ailleurs := _ailleurs(rubrique, objet, identifiant):
            return redirection(ailleurs)
        return render_template(
            "fiches/fiche.html",
            rubrique=rubrique,
            retour=adresse(rubrique.nom),
            fiche=_avec_ses_boutons(rubrique, rubrique.presenter(objet), objet, identifiant),
            boutons=_boutons(rubrique, objet, identifiant),
        )

    return voir


def _vue_de_geste(rubrique: Rubrique, geste: Geste) -> Any:
    def agir(identifiant: int | str | None = None, **_: Any) -> ResponseReturnValue:
        objet = None if identifiant is None else _charger(rubrique, identifiant)
        if ailleurs := _ailleurs(rubrique, objet, identifiant):
            jeton = request.form.get("jeton", "")
            if request.method == "POST" and deja_fait(acteur().individu_id, jeton) is None:
                flash(textes.MENE_AILLEURS, "attention")
            return redirection(ailleurs)
        return repondre_formulaire(rubrique, geste, objet, identifiant)

    return agir


def _charger(rubrique: Rubrique, identifiant: int | str) -> Any:
    if rubrique.charger is None:
        raise Introuvable
    return rubrique.charger(acteur(), identifiant)


def _ailleurs(rubrique: Rubrique, objet: Any, identifiant: int | str | None) -> str:
    """Where the record is, when this identifier is no longer its own; else ""."""
    if rubrique.reste is None or objet is None or rubrique.reste(objet) == identifiant:
        return ""
    return adresse(f"{rubrique.nom}_fiche", identifiant=rubrique.reste(objet))


def _avec_ses_boutons(rubrique: Rubrique, fiche: Fiche, objet: Any, identifiant: int | str) -> Fiche:
    """The record as it is shown with, in each section, what can be done there."""
    sections = [
        replace(
            s,
            tableau=s.tableau.sans_colonnes_vides() if s.tableau else None,
            boutons=(*s.boutons, *_boutons(rubrique, objet, identifiant, s.titre)),
        )
        for s in fiche.sections
    ]
    return replace(fiche, sections=sections)


def _boutons(rubrique: Rubrique, objet: Any, identifiant: int | str, dans: str = "") -> list[Bouton]:
    """What can be done to this record now, what does not come back last."""
    if not acteur_peut_ecrire():
        return []
    offerts = [g for g in rubrique.gestes if g.dans == dans and g.offert(objet)]
    return [
        Bouton(g.libelle, adresse_du_geste(rubrique.nom, g.nom, identifiant), g.danger)
        for g in sorted(offerts, key=lambda g: g.danger)
    ]
