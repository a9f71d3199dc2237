"""What is written once: the values of a closed list, and where a rule is called from."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.test_imports import FICHIERS, arbre, nom_de_module

RULES = "certif.domaine.sessions.regles"
ENUMERATIONS = {"StrEnum", "Valeur"}


def closed_lists() -> dict[str, set[str]]:
    """The values of every enumeration, by its name."""
    return {
        f"{nom_de_module(fichier)}.{classe.name}": {
            ast.literal_eval(champ.value.elts[0] if isinstance(champ.value, ast.Tuple) else champ.value)
            for champ in classe.body
            if isinstance(champ, ast.Assign)
        }
        for fichier in FICHIERS
        for classe in ast.walk(arbre(fichier))
        if isinstance(classe, ast.ClassDef)
        if ENUMERATIONS & {base.id for base in classe.bases if isinstance(base, ast.Name)}
    }


def lists_of_strings(tree: ast.Module) -> Iterator[set[str]]:
    """Every list, tuple, set, or keys of a dictionary, of two plain strings or more; in SQL, what is IN."""
    for noeud in ast.walk(tree):
        elements: list[ast.expr | None] = []
        if isinstance(noeud, (ast.Tuple, ast.List, ast.Set)):
            elements = list(noeud.elts)
        elif isinstance(noeud, ast.Dict):
            elements = list(noeud.keys)
        elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
            for dans in re.findall(r" IN \(('[^)]*')\)", noeud.value):
                yield set(re.findall(r"'([^']*)'", dans))
        textes = {x.value for x in elements if isinstance(x, ast.Constant) and isinstance(x.value, str)}
        if len(textes) == len(elements) >= 2:
            yield textes


def test_the_values_of_a_closed_list_are_written_once() -> None:
    """The words apart, which stand below the enumerations that they are the words of."""
    closed = closed_lists()
    again = {
        f"{nom_de_module(fichier)}: {sorted(textes)} are {liste}"
        for fichier in FICHIERS
        if not nom_de_module(fichier).startswith("certif.domaine.libelles")
        for textes in lists_of_strings(arbre(fichier))
        for liste, valeurs in closed.items()
        if textes <= valeurs
    }
    assert again == set()


def test_a_rule_is_called_by_its_module() -> None:
    """`delais.fenetre(…)`: the call names the file; types may come alone."""
    bare = {
        f"{nom_de_module(fichier)}: {alias.name}"
        for fichier in FICHIERS
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith(f"{RULES}.")
        for alias in noeud.names
        if alias.name[0].islower() or alias.name.isupper()
    }
    assert bare == set()
