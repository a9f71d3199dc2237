"""Where the words that users read stand: the law is told by `certif/domaine/libelles/__init__.py`."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.test_imports import FICHIERS, LIGNE, RACINE, arbre, nom_de_module

LIBELLES = "certif.domaine.libelles"
SHARED = {"assistance", "cadre_des_courriers", "ecrans", "journal", "saisie", "typographie"}
"""The modules of the root that belong to no folder of the domain."""
MODULES = {
    nom_de_module(fichier): fichier
    for fichier in FICHIERS
    if nom_de_module(fichier).startswith(f"{LIBELLES}.") and fichier.name != "__init__.py"
}
NAMES_OF_THE_DATA = {"certif.domaine.referentiel.initial"}
"""What is stored as if an administrateur had typed it."""
TEMPLATES = "\n".join(f.read_text(encoding="utf-8") for f in (RACINE / "templates").rglob("*.html"))


def folder(module: str) -> str:
    """ "sessions" for `certif.domaine.libelles.sessions.refus`, and for `certif.domaine.sessions.tour`."""
    return module.removeprefix(f"{LIBELLES}.").removeprefix("certif.domaine.").split(".")[0]


def words_used(fichier: Path) -> Iterator[tuple[str, str]]:
    """Every module of words that a file imports, and each of its names that the file uses."""
    aliases: dict[str, str] = {}
    for noeud in ast.walk(arbre(fichier)):
        if isinstance(noeud, ast.ImportFrom) and noeud.module:
            for alias in noeud.names:
                if (module := f"{noeud.module}.{alias.name}") in MODULES:
                    aliases[alias.asname or alias.name] = module
                    yield module, ""
                elif noeud.module in MODULES:
                    yield noeud.module, alias.name
    for noeud in ast.walk(arbre(fichier)):
        if isinstance(noeud, ast.Attribute) and isinstance(noeud.value, ast.Name):
            source = aliases.get(noeud.value.id)
            if source is not None:
                yield source, noeud.attr


@cache
def users() -> dict[tuple[str, str], set[str]]:
    """By module of words and name ("" is the module itself), the modules that use it."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fichier in FICHIERS:
        for module, name in words_used(fichier):
            found[module, name].add(nom_de_module(fichier))
            found[module, ""].add(nom_de_module(fichier))
    return found


def words(module: str) -> Iterator[tuple[str, ast.expr | None]]:
    """The public names of a module, with the value of those that are constants."""
    for noeud in arbre(MODULES[module]).body:
        if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
            yield noeud.name, None
        elif isinstance(noeud, ast.Assign):
            for cible in noeud.targets:
                if isinstance(cible, ast.Name) and not cible.id.startswith("_"):
                    yield cible.id, noeud.value


def test_the_folders_are_those_of_the_domain() -> None:
    assert {folder(module) for module in MODULES} <= SHARED | set(LIGNE)


def test_words_are_said_from_their_folder_up() -> None:
    """As the domain's own imports: no folder says what belongs to one that stands above it."""
    wrong = {
        (user, module)
        for (module, _), modules in users().items()
        for user in modules
        if user.startswith("certif.domaine.") and folder(module) not in SHARED
        if folder(user) not in LIGNE or LIGNE.index(folder(module)) > LIGNE.index(folder(user))
    }
    assert wrong == set()


def test_no_module_has_a_single_user() -> None:
    assert {module for module in MODULES if len(users()[module, ""]) < 2} == set()


def test_no_word_is_dead() -> None:
    dead = {
        f"{module}.{name}"
        for module, fichier in MODULES.items()
        for name, _ in words(module)
        if not users()[module, name]
        and len(re.findall(rf"\b{name}\b", fichier.read_text(encoding="utf-8"))) == 1
        and not re.search(rf"\.{name}\b", TEMPLATES)
    }
    assert dead == set()


def test_a_short_label_that_one_page_shows_stands_there() -> None:
    misplaced = {
        f"{module}.{name}"
        for module in MODULES
        for name, value in words(module)
        if (label := _text(value)) and len(label.split()) <= 3
        if len(shown := users()[module, name]) == 1 and next(iter(shown)).startswith("certif.web.")
        if not re.search(rf"\.{name}\b", TEMPLATES)
    }
    assert misplaced == set()


def test_the_domain_says_no_sentence_elsewhere() -> None:
    told = {
        f"{module}: {text}"
        for fichier in FICHIERS
        if (module := nom_de_module(fichier)).startswith("certif.domaine.")
        and not module.startswith(LIBELLES)
        and module not in NAMES_OF_THE_DATA
        for text in _strings(arbre(fichier))
        if re.fullmatch(r"[A-ZÀ-Ý]\S* \S+ \S.*[.:?!] ?", text, re.DOTALL)
    }
    assert told == set()


def _text(value: ast.expr | None) -> str:
    if isinstance(value, ast.Call) and value.args:
        value = value.args[0]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def _strings(tree: ast.Module) -> Iterator[str]:
    docs = {id(noeud.value) for noeud in ast.walk(tree) if isinstance(noeud, ast.Expr)}
    for noeud in ast.walk(tree):
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in docs:
            yield noeud.value
