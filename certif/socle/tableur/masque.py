"""What a spreadsheet hides: rows and columns that its author does not see, by a filter or by hand.

The library that reads cells does not say; the sheet's own XML does. Called where the file is opened.
"""

import posixpath
import re
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


@dataclass(frozen=True, slots=True)
class Feuille:
    """The XML of a sheet, in which no entity is declared; `depuis_1904`: days are counted from there."""

    nom: str
    xml: bytes
    ods: bool
    depuis_1904: bool = False


def feuille_de(fichier: bytes, nom: str) -> Feuille:
    """A sheet of an .xlsx or .ods. Raises as its parsers do, and on an entity."""
    with zipfile.ZipFile(BytesIO(fichier)) as archive:
        if ods := "content.xml" in archive.namelist():
            membre, depuis_1904 = "content.xml", False
        else:
            membre, depuis_1904 = _membre(archive, nom)
        xml = archive.read(membre)
    parcourir(xml)
    return Feuille(nom, xml, ods, depuis_1904)


def masques_de(feuille: Feuille) -> Masques:
    """Rows and columns that this sheet hides."""
    if not _PEUT_ETRE_MASQUE.search(feuille.xml):
        return Masques()
    return _de_l_ods(feuille.xml, feuille.nom) if feuille.ods else _du_xlsx(feuille.xml)


_PEUT_ETRE_MASQUE = re.compile(rb"""hidden|(?:ht|width)=["'][0.]+["']|visibility|display""")


def _membre(archive: zipfile.ZipFile, feuille: str) -> tuple[str, bool]:
    """Where the archive keeps this sheet, and whether its days are counted from 1904."""
    depuis_1904 = False
    relations: dict[str, str] = {}
    cibles: dict[str, str] = {}

    def feuilles(nom: str, attributs: Attributs) -> None:
        nonlocal depuis_1904
        if nom == "workbookPr":
            depuis_1904 = _vrai(attributs.get("date1904"))
        else:
            relations[attributs["name"]] = attributs["id"]

    def liens(_: str, attributs: Attributs) -> None:
        cibles[attributs["Id"]] = attributs["Target"]

    parcourir(archive.read("xl/workbook.xml"), ("sheet", "workbookPr"), feuilles)
    parcourir(archive.read("xl/_rels/workbook.xml.rels"), ("Relationship",), liens)
    membre = posixpath.normpath(posixpath.join("/xl", cibles[relations[feuille]])).lstrip("/")
    return membre, depuis_1904


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

    parcourir(xml, ("row", "col"), lire)
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

    parcourir(xml, ("table", "table-row", "table-column", *_GROUPES), ouvrir, fermer)
    return masques


_GROUPES = ("table-row-group", "table-column-group")


def parcourir(
    xml: bytes,
    noms: Collection[str] = (),
    ouvrir: Callable[[str, Attributs], None] = lambda _nom, _attributs: None,
    fermer: Callable[[str], None] = lambda _: None,
) -> None:
    """Call for each element of these names, without their namespaces; the many cells cost little.

    Raises:
        EntiteInterdite: an entity is declared.
    """
    analyseur = expat.ParserCreate()

    def commencer(nom: str, attributs: Attributs) -> None:
        if (quoi := local(nom)) in noms:
            ouvrir(quoi, {local(cle): valeur for cle, valeur in attributs.items()})

    def finir(nom: str) -> None:
        if (quoi := local(nom)) in noms:
            fermer(quoi)

    def declarer(*_: object) -> None:
        raise EntiteInterdite

    if noms:
        analyseur.StartElementHandler = commencer
        analyseur.EndElementHandler = finir
    analyseur.EntityDeclHandler = declarer
    analyseur.Parse(xml, True)


def local(nom: str) -> str:
    """A name without its namespace."""
    return nom.rpartition(":")[2]


def _vrai(valeur: str | None) -> bool:
    return valeur in ("1", "true")


def _nul(mesure: str | None) -> bool:
    """A height or a width of nothing hides as well."""
    return mesure is not None and float(mesure) == 0
