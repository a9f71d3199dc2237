"""What lists and records show: plain values for the templates of `templates/fiches`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words; `genre` gives its colour and shape: neutre, attente, succes, danger."""

    genre: str
    libelle: str


Cellule = str | Badge


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column; `tri` is its name in an address, "" when the list cannot be sorted by it.

    `classe` as in `composants/tableau.html`: "court", "large-seul".
    """

    libelle: str
    tri: str = ""
    classe: str = ""


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
    """A short table inside a record."""

    colonnes: Sequence[Colonne]
    lignes: Sequence[Ligne]


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
