"""Cells that show an error, or whose formula was never computed.

The library that reads cells gives nothing for them: a row of them would be lost, and nobody told.
"""

import re
from typing import Any
from xml.parsers import expat

from certif.socle.tableur.masque import Attributs, local, parcourir

JAMAIS_CALCULEE = "#FORMULE"
EN_ERREUR = "#ERREUR"

Places = dict[int, dict[int, str]]
"""What such a cell is read as, by row and by column, from 1."""

_PEUT_ETRE_DU_XLSX = re.compile(
    rb"""\bt=["']e["']|(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:</|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</)"""
)
_FOIS_MAX = 100
"""Of a row that repeats: as many are enough to be seen."""


def du_xlsx(xml: bytes) -> Places:
    """Of the XML of a sheet, which holds no entity."""
    return _DuXlsx().lire(xml) if _PEUT_ETRE_DU_XLSX.search(xml) else {}


def de_l_ods(xml: bytes, feuille: str) -> Places:
    """Of this sheet of a document, which holds no entity."""
    places: Places = {}
    dedans, rang, fois, place = False, 0, 0, 0

    def ouvrir(nom: str, attributs: Attributs) -> None:
        nonlocal dedans, rang, fois, place
        if nom == "table":
            dedans, rang, fois = attributs.get("name") == feuille, 0, 0
        elif dedans and nom == "table-row":
            rang, fois, place = rang + fois, int(attributs.get("number-rows-repeated", 1)), 0
        elif dedans:
            if attributs.get("value-type") == "error":
                for numero in range(rang + 1, rang + min(fois, _FOIS_MAX) + 1):
                    places.setdefault(numero, {})[place + 1] = EN_ERREUR
            place += int(attributs.get("number-columns-repeated", 1))

    if b'"error"' in xml:
        parcourir(xml, ("table", "table-row", "table-cell", "covered-table-cell"), ouvrir)
    return places


class _DuXlsx:
    def __init__(self) -> None:
        self.places: Places = {}
        self._rang = self._place = 0
        self._sorte: str | None = None
        self._formule = self._dans_la_valeur = False
        self._valeur = ""

    def lire(self, xml: bytes) -> Places:
        analyseur = expat.ParserCreate()
        analyseur.buffer_text = True
        analyseur.StartElementHandler = self._ouvrir
        analyseur.EndElementHandler = self._fermer
        analyseur.CharacterDataHandler = self._ecrire
        analyseur.Parse(xml, True)
        return self.places

    def _ouvrir(self, nom: str, attributs: dict[str, Any]) -> None:
        quoi = local(nom)
        if quoi == "row":
            self._rang, self._place = int(attributs.get("r", self._rang + 1)), 0
        elif quoi == "c":
            self._place = _colonne(attributs["r"]) if "r" in attributs else self._place + 1
            self._sorte, self._formule, self._valeur = attributs.get("t"), False, ""
        elif quoi == "f":
            self._formule = True
        self._dans_la_valeur = quoi == "v"

    def _ecrire(self, texte: str) -> None:
        if self._dans_la_valeur:
            self._valeur += texte

    def _fermer(self, nom: str) -> None:
        self._dans_la_valeur = False
        if local(nom) != "c":
            return
        if self._sorte == "e":
            self.places.setdefault(self._rang, {})[self._place] = self._valeur.strip() or EN_ERREUR
        elif self._formule and self._sorte in (None, "n") and not self._valeur.strip():
            self.places.setdefault(self._rang, {})[self._place] = JAMAIS_CALCULEE


def _colonne(reference: str) -> int:
    """Of « AB12 », 28."""
    rang = 0
    for lettre in reference.rstrip("0123456789"):
        rang = rang * 26 + ord(lettre) - ord("A") + 1
    return rang
