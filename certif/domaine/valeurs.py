"""Closed lists whose values users read: each value stands once, with its label."""

from enum import StrEnum
from typing import Self


class Valeur(StrEnum):
    """`MAJ = "maj", "Mise à jour"`: the value that is stored and posted, then what is read of it."""

    libelle: str

    def __new__(cls, valeur: str, libelle: str = "") -> Self:
        # The default is for mypy alone, which takes `Resultat("echec")` for a call to this.
        membre = str.__new__(cls, valeur)
        membre._value_ = valeur
        membre.libelle = libelle
        return membre

    @classmethod
    def options(cls) -> list[tuple[str, str]]:
        """Every value and its label, as forms offer them."""
        return [(valeur.value, valeur.libelle) for valeur in cls]

    @classmethod
    def libelle_de(cls, texte: str | None) -> str:
        """The label of what may be one of the values; "" for anything else."""
        return dict(cls.options()).get(texte or "", "")
