"""The page on security names tests that exist, a defence for each threat, and what is missing."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
PAGE = (RACINE / "docs" / "securite.md").read_text(encoding="utf-8")
NOMMES = sorted(set(re.findall(r"`(tests/[\w/.]+(?:::\w+)*)`", PAGE)))


@cache
def definis(fichier: Path) -> set[str]:
    """The tests of a file, those of a class under its name."""
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    noms = {noeud.name for noeud in arbre.body if isinstance(noeud, ast.FunctionDef)}
    for classe in (noeud for noeud in arbre.body if isinstance(noeud, ast.ClassDef)):
        noms |= {f"{classe.name}::{n.name}" for n in classe.body if isinstance(n, ast.FunctionDef)}
    return noms


@pytest.mark.parametrize("nomme", NOMMES)
def test_a_test_that_is_named_exists(nomme: str) -> None:
    fichier, _, test = nomme.partition("::")
    assert (RACINE / fichier).is_file()
    assert not test or test in definis(RACINE / fichier)


def test_every_line_names_its_proof() -> None:
    lignes = [ligne for ligne in PAGE.splitlines() if re.match(r"\| (?!who |chapter |-)", ligne)]
    assert len(lignes) > 35
    assert [ligne for ligne in lignes if "`tests/" not in ligne] == []
