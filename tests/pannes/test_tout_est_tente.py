"""No break point without its place in the table, no fault without a test."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.pannes.fautes import GROUPES, Faute
from tests.pannes.moments import AILLEURS, PLACES

ICI = Path(__file__).parent
SOURCES = ICI.parents[1] / "certif"


def _appels(nom: str) -> Iterator[ast.Call]:
    for fichier in SOURCES.rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id == nom:
                yield noeud


def _points() -> set[str]:
    """The names of all break points; those of the recipe, once for each thing that is made by it."""
    recettes = [ast.literal_eval(appel.args[0]) for appel in _appels("Recette")]
    noms = set()
    for appel in _appels("point_de_rupture"):
        ou = appel.args[0]
        if isinstance(ou, ast.JoinedStr):
            fin = ou.values[-1]
            assert "{recette.nom}" in ast.unparse(ou.values[0]) and isinstance(fin, ast.Constant)
            noms |= {f"{nom}{fin.value!s}" for nom in recettes}
        else:
            noms.add(ast.literal_eval(ou))
    return noms


def test_every_break_point_has_its_place() -> None:
    places = [*PLACES, *AILLEURS]
    assert sorted(places) == sorted(_points())
    ailleurs = "\n".join(f.read_text(encoding="utf-8") for f in ICI.glob("test_*.py"))
    assert [point for point in AILLEURS if point not in ailleurs] == []


def test_every_fault_is_tried() -> None:
    textes = "\n".join(f.read_text(encoding="utf-8") for f in ICI.glob("*.py") if f.name != "fautes.py")
    assert [faute.name for faute in Faute if f"Faute.{faute.name}" not in textes] == []
    assert {faute.groupe for faute in Faute} == GROUPES.keys()
