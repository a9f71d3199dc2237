"""What a spreadsheet hides: rows and columns that its author does not see, by a filter or by hand.

The library that reads cells does not say; the sheet's own XML does. Called where the file is opened.
"""

import posixpath
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

DERNIERE = 1_048_576
"""No sheet has more rows: what repeats beyond is the rest of the sheet."""

Attributs = dict[str, str]


class EntiteInterdite(Exception):
    """No spreadsheet declares entities."""


@dataclass(frozen=True, slots=True)
class Masques:
    """What is hidden in a sheet, counted from 1."""

    rangees: set[int] = field(default_factory=set)
    colonnes: set[int] = field(default_factory=set)


def masques_de(fichier: bytes, feuille: str) -> Masques:
    """Rows and columns that this sheet of an .xlsx or .ods hides. Raises as its parsers do."""
    with zipfile.ZipFile(BytesIO(fichier)) as archive:
        if "content.xml" in archive.namelist():
            return _de_l_ods(archive.read("content.xml"), feuille)
        return _du_xlsx(archive.read(_membre(archive, feuille)))


def _membre(archive: zipfile.ZipFile, feuille: str) -> str:
    """Where the archive keeps this sheet."""
    relations: dict[str, str] = {}
    cibles: dict[str, str] = {}

    def feuilles(_: str, attributs: Attributs) -> None:
        relations[attributs["name"]] = attributs["id"]

    def liens(_: str, attributs: Attributs) -> None:
        cibles[attributs["Id"]] = attributs["Target"]

    _parcourir(archive.read("xl/workbook.xml"), ("sheet",), feuilles)
    _parcourir(archive.read("xl/_rels/workbook.xml.rels"), ("Relationship",), liens)
    return posixpath.normpath(posixpath.join("/xl", cibles[relations[feuille]])).lstrip("/")


def _du_xlsx(xml: bytes) -> Masques:
    masques, rang = Masques(), 0

    def lire(nom: str, attributs: Attributs) -> None:
        nonlocal rang
        if nom == "row":
            rang = int(attributs.get("r", rang + 1))
            if _vrai(attributs.get("hidden")) or _nul(attributs.get("ht")):
                masques.rangees.add(rang)
        elif _vrai(attributs.get("hidden")) or _nul(attributs.get("width")):
            debut, fin = int(attributs["min"]), int(attributs["max"])
            masques.colonnes.update(range(debut, min(fin, debut + 1_000) + 1))

    _parcourir(xml, ("row", "col"), lire)
    return masques


def _de_l_ods(xml: bytes, feuille: str) -> Masques:
    masques, dedans, rang, place = Masques(), False, 0, 0
    replis: list[bool] = []

    def ouvrir(nom: str, attributs: Attributs) -> None:
        nonlocal dedans, rang, place
        if nom == "table":
            dedans, rang, place = attributs.get("name") == feuille, 0, 0
        elif not dedans:
            return
        elif nom in _GROUPES:
            replis.append(attributs.get("display") == "false")
        else:
            cache = any(replis) or attributs.get("visibility", "visible") != "visible"
            fois = int(attributs.get(f"number-{nom[6:]}s-repeated", 1))
            debut = rang if nom == "table-row" else place
            if cache:
                quoi = masques.rangees if nom == "table-row" else masques.colonnes
                quoi.update(range(debut + 1, min(debut + fois, DERNIERE) + 1))
            if nom == "table-row":
                rang += fois
            else:
                place += fois

    def fermer(nom: str) -> None:
        if nom in _GROUPES and dedans:
            replis.pop()

    _parcourir(xml, ("table", "table-row", "table-column", *_GROUPES), ouvrir, fermer)
    return masques


_GROUPES = ("table-row-group", "table-column-group")


def _parcourir(
    xml: bytes,
    noms: Collection[str],
    ouvrir: Callable[[str, Attributs], None],
    fermer: Callable[[str], None] = lambda _: None,
) -> None:
    """Call for each element of these names, without their namespaces; the many cells cost little."""
    analyseur = expat.ParserCreate()

    def commencer(nom: str, attributs: Attributs) -> None:
        if (local := _local(nom)) in noms:
            ouvrir(local, {_local(cle): valeur for cle, valeur in attributs.items()})

    def finir(nom: str) -> None:
        if (local := _local(nom)) in noms:
            fermer(local)

    def declarer(*_: object) -> None:
        raise EntiteInterdite

    analyseur.StartElementHandler = commencer
    analyseur.EndElementHandler = finir
    analyseur.EntityDeclHandler = declarer
    analyseur.Parse(xml, True)


def _local(nom: str) -> str:
    return nom.rpartition(":")[2]


def _vrai(valeur: str | None) -> bool:
    return valeur in ("1", "true")


def _nul(mesure: str | None) -> bool:
    """A height or a width of nothing hides as well."""
    return mesure is not None and float(mesure) == 0
