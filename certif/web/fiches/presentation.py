"""What lists and records show, as plain values for the templates, and where the pages of a rubrique are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from certif.web.acces import acteur
from certif.web.adresses import adresses


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words; `genre` gives its colour and shape: neutre, attente, succes, danger."""

    genre: str
    libelle: str


Cellule = str | Badge | date | None
"""A text, a state, a day, an instant with its hour; nothing shows a dash."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column; `tri` is its name in an address, "" when the list cannot be sorted by it.

    `classe` as in `composants/tableau.html`: "court", "large-seul". `muette`: what it holds says by itself
    what it is, a phone's cards do not repeat it.
    """

    libelle: str
    tri: str = ""
    classe: str = ""
    muette: bool = False


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row, one cell for each column; `href` opens what it is about."""

    cellules: Sequence[Cellule]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Puces:
    """A filter of few options, each a value and its label; "" is everything."""

    nom: str
    libelle: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tableau:
    """The rows that are shown at once, and their columns."""

    colonnes: Sequence[Colonne]
    lignes: Sequence[Ligne]

    def sans_colonnes_vides(self, tri: str = "") -> "Tableau":
        """The same without the columns where no row says anything; the first and that of `tri` stay."""
        rangs = [
            rang
            for rang, colonne in enumerate(self.colonnes)
            if rang == 0 or (tri and colonne.tri == tri) or any(ligne.cellules[rang] for ligne in self.lignes)
        ]
        return Tableau(
            [self.colonnes[rang] for rang in rangs],
            [replace(ligne, cellules=[ligne.cellules[rang] for rang in rangs]) for ligne in self.lignes],
        )


@dataclass(frozen=True, slots=True)
class Bouton:
    """A link to a geste; `danger` for what does not come back."""

    libelle: str
    href: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a record: labels and values, a table, or what to say when there is nothing."""

    titre: str
    lignes: Sequence[tuple[str, Cellule]] = ()
    tableau: Tableau | None = None
    vide: str = ""
    boutons: Sequence[Bouton] = ()


@dataclass(frozen=True, slots=True)
class Fiche:
    """One record. `alertes`: (genre, text) as in `composants/messages.html`."""

    titre: str
    sous: str = ""
    etat: Badge | None = None
    sections: Sequence[Section] = ()
    alertes: Sequence[tuple[str, str]] = ()


def adresse(endpoint: str, **parties: Any) -> str:
    """The address of a view of the present blueprint, in the actor's own entité if the space has one."""
    return url_for(f".{endpoint}", **_espace(), **parties)


def adresses_de(endpoint: str, nom: str) -> Callable[[int | str], str]:
    """The same for many rows, each named by this part of the address."""
    return adresses(f".{endpoint}", nom, **_espace())


def _espace() -> dict[str, Any]:
    entite_id = acteur().entite_id
    return {"entite_id": entite_id} if entite_id is not None else {}


def parametres(valeurs: Mapping[str, Any]) -> dict[str, str]:
    """The query of an address, without what goes without saying."""
    return {nom: str(valeur) for nom, valeur in valeurs.items() if valeur not in ("", None, False, 1)}
