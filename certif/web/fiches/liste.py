"""The list of a rubrique, as its address, or a private search, asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flask import current_app, request

from certif.domaine.erreurs import SaisieInvalide
from certif.socle.base.pagination import PageDe, Place, Question
from certif.web.acces import acteur
from certif.web.adresses import ecrire_place, lire_place
from certif.web.fiches import champs as lecture
from certif.web.fiches.champs import Champ
from certif.web.fiches.presentation import Colonne, Ligne, Tableau, adresse, adresses_de, parametres
from certif.web.fiches.rubrique import Rubrique
from certif.web.sessions.filtres import lire_texte


@dataclass(frozen=True)
class VueDeListe:
    """What `fiches/_liste.html` reads; `saisis` is what was typed in the search, `erreurs` what is wrong.

    `tableau`: the rows of the page, without the columns that none of them fills.
    """

    rubrique: Rubrique
    criteres: Sequence[Champ]
    question: Question
    saisis: Mapping[str, str]
    page: PageDe[Any]
    tableau: Tableau
    erreurs: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def cherche(self) -> bool:
        """Whether something narrows the list."""
        return bool(self.question.recherche or any(self.saisis.values()))

    @property
    def recherche_privee(self) -> bool:
        """Whether what is listed was searched by a POST: whatever keeps the search must be one too."""
        return self.rubrique.privee and bool(self.question.recherche)

    @property
    def ailleurs(self) -> list[dict[str, str]]:
        """Where what was searched may be found: by a POST where that search is private."""
        cherche = self.question.recherche
        if not cherche:
            return []
        return [
            {"libelle": libelle, "envoi": adresse(f"{nom}_recherche")}
            if _est_privee(nom)
            else {"libelle": libelle, "href": adresse(nom, recherche=cherche)}
            for nom, libelle in self.rubrique.soeurs
        ]

    @property
    def resume(self) -> list[tuple[str, str]]:
        """The errors of the search, in the order of its fields."""
        return [(c.nom, self.erreurs[c.nom][0]) for c in self.criteres if c.nom in self.erreurs]

    @property
    def adresse(self) -> str:
        return adresse(self.rubrique.nom)

    @property
    def adresse_de_recherche(self) -> str:
        return adresse(f"{self.rubrique.nom}_recherche") if self.rubrique.privee else self.adresse

    @property
    def lignes(self) -> Sequence[Ligne]:
        return self.tableau.lignes

    @cached_property
    def colonnes(self) -> list[dict[str, Any]]:
        return [self._colonne(c) for c in self.tableau.colonnes]

    @cached_property
    def puces(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Each filter with its options; the present one is marked."""
        return [
            (
                p.libelle,
                [
                    {
                        "libelle": libelle,
                        "nom": p.nom,
                        "valeur": valeur,
                        "href": self._avec(**{p.nom: valeur}),
                        "actif": self.question.criteres.get(p.nom, "") == valeur,
                    }
                    for valeur, libelle in p.options
                ],
            )
            for p in self.rubrique.puces
        ]

    @property
    def gardes(self) -> dict[str, str]:
        """What a new search keeps of the present list."""
        propres = {"recherche", *(c.nom for c in self.criteres)}
        return {nom: valeur for nom, valeur in parametres(self._parametres()).items() if nom not in propres}

    def adresse_page(self, place: Place | None) -> str | None:
        return self._avec(page=ecrire_place(place)) if place else None

    def _colonne(self, colonne: Colonne) -> dict[str, Any]:
        actuel = bool(colonne.tri) and self.question.tri == colonne.tri
        inverse = actuel and not self.question.decroissant
        href = self._avec(tri=colonne.tri, sens="desc" if inverse else "") if colonne.tri else ""
        sens = "" if not actuel else "desc" if self.question.decroissant else "asc"
        return {
            "libelle": colonne.libelle,
            "href": href,
            "sens": sens,
            "classe": colonne.classe,
            "muette": colonne.muette,
        }

    def _avec(self, **changements: Any) -> str:
        return adresse(self.rubrique.nom, **parametres(self._parametres() | changements))

    def _parametres(self) -> dict[str, Any]:
        q = self.question
        recherche = "" if self.rubrique.privee else q.recherche
        sens = "desc" if q.decroissant else ""
        return {**self.saisis, "recherche": recherche, "tri": q.tri, "sens": sens}


def _est_privee(nom: str) -> bool:
    """Whether this rubrique of the present blueprint is searched by a POST."""
    return f"{request.blueprint}.{nom}_recherche" in current_app.view_functions


def vue_de_liste(rubrique: Rubrique, arguments: Mapping[str, str]) -> VueDeListe:
    """One page of the list; a criterion that cannot be read is said beside its field, and narrows nothing."""
    demandes = rubrique.criteres() if callable(rubrique.criteres) else rubrique.criteres
    saisis = {c.nom: lire_texte(arguments.get(c.nom, "")) for c in demandes}
    erreurs: dict[str, list[str]] = {}
    try:
        criteres = lecture.lire(demandes, saisis)
    except SaisieInvalide as refus:
        criteres, erreurs = {}, refus.champs
    for p in rubrique.puces:
        choisi = arguments.get(p.nom, "")
        choisi = choisi if choisi in {valeur for valeur, _ in p.options} else p.options[0][0]
        criteres[p.nom] = choisi
        saisis[p.nom] = choisi if choisi != p.options[0][0] else ""
    tri = arguments.get("tri", "")
    question = Question(
        recherche=lire_texte(arguments.get("recherche", "")) if rubrique.recherche else "",
        criteres=criteres,
        tri=tri if tri in {c.tri for c in rubrique.colonnes} else "",
        decroissant=arguments.get("sens") == "desc",
        place=lire_place(arguments.get("page", "")),
    )
    page = rubrique.lister(acteur(), question)
    lignes = [rubrique.ligne(objet) for objet in page.lignes]
    if rubrique.charger is not None:
        lignes = _ouvertes(rubrique, page.lignes, lignes)
    tableau = Tableau(rubrique.colonnes, lignes)
    return VueDeListe(
        rubrique, demandes, question, saisis, page, tableau.sans_colonnes_vides(question.tri), erreurs
    )


def _ouvertes(rubrique: Rubrique, objets: Sequence[Any], lignes: Sequence[Ligne]) -> list[Ligne]:
    """The same rows, each leading to its record where it leads nowhere else."""
    fiche = adresses_de(f"{rubrique.nom}_fiche", "identifiant")
    return [
        ligne if ligne.href else replace(ligne, href=fiche(rubrique.identifiant(objet)))
        for objet, ligne in zip(objets, lignes, strict=True)
    ]
