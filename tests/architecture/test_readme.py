"""The README, and the pages it leads to, say what is true."""

import ast
import re
from pathlib import Path

import pytest

from certif import config, exigences
from certif.domaine.personnes.demonstration import COMPTES_DEMO, MOT_DE_PASSE_DEMO
from certif.domaine.sessions.etats import ENTITE, MOUVEMENTS, Mouvement
from tests.architecture.carte import PAGES, actualiser

RACINE = Path(__file__).resolve().parents[2]
README = (RACINE / "README.md").read_text(encoding="utf-8")
EXPLOITATION = (RACINE / "docs" / "exploitation.md").read_text(encoding="utf-8")
ARCHITECTURE = (RACINE / "docs" / "architecture.md").read_text(encoding="utf-8")
GLOSSAIRE = (RACINE / "docs" / "glossaire.md").read_text(encoding="utf-8")
QUI = {"gestionnaire": "gestionnaire", "formateur": "formateur", "systeme": "application"}


def _section(titre: str, page: str = README) -> str:
    return page.split(f"## {titre}\n")[1].split("\n## ", maxsplit=1)[0]


def _rangees(titre: str, page: str = README) -> list[list[str]]:
    return _tableau(_section(titre, page))


def _tableau(texte: str) -> list[list[str]]:
    """The cells of a text's table, without its two head lines."""
    lignes = [ligne for ligne in texte.splitlines() if ligne.startswith("|")][2:]
    return [[cellule.strip() for cellule in ligne.strip("|").split("|")] for ligne in lignes]


def test_the_accounts_are_those_of_the_demonstration() -> None:
    assert _rangees("The demonstration's accounts") == [[f"`{c.identifiant}`", c.roles] for c in COMPTES_DEMO]
    assert MOT_DE_PASSE_DEMO in _section("The demonstration's accounts")


def test_the_variables_are_those_that_are_read() -> None:
    textes = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in (config, exigences)]
    lues = {nom for texte in textes for nom in re.findall(r'"([A-Z][A-Z0-9_]{3,})"', texte)}
    lues.discard("CERTIF_RUPTURE")  # for tests only
    assert {rangee[0].strip("`") for rangee in _tableau(EXPLOITATION.split("\n## ")[0])} == lues


def test_the_variables_of_tests_and_of_s3_are_told_too() -> None:
    tests = set(
        re.findall(
            r'"(CERTIF_[A-Z_]+)"', (RACINE / "tests" / "support" / "servers.py").read_text(encoding="utf-8")
        )
    )
    assert tests and all(f"`{nom}" in _section("Two commands") for nom in tests)
    for nom in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        assert f"`{nom}`" in EXPLOITATION


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_what_the_code_tells_stands_in_its_page(page: Path) -> None:
    """The map, and how long everything is kept; `make format` writes them again."""
    assert actualiser(page) == page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [README, ARCHITECTURE, EXPLOITATION], ids=["README", "architecture", "exploitation"]
)
def test_a_page_names_what_exists(page: str) -> None:
    """A path of the project, from its root, or from `certif/` for those that begin with a part of it."""
    lieux = set(re.findall(r"`((?:[\w.]+/)+[\w.]*)`", page)) - {"instance/"}  # made by the first `make run`
    assert [
        lieu for lieu in lieux if not any((racine / lieu).exists() for racine in (RACINE, RACINE / "certif"))
    ] == []


@pytest.mark.parametrize("page", sorted((RACINE / "docs").glob("*.md")), ids=lambda p: p.stem)
def test_the_readme_leads_to_every_page(page: Path) -> None:
    assert f"({page.relative_to(RACINE).as_posix()})" in README


def test_each_rule_is_judged_where_the_page_says() -> None:
    rangees = _rangees("The rules, and where they are judged", ARCHITECTURE)
    assert [regle for regle, *_ in rangees] == [f"R{numero}" for numero in range(1, 20)]
    for regle, _, lieux in rangees:
        for lieu in re.findall(r"`([^`]+)`", lieux):
            assert re.search(rf"\b{regle}\b", (RACINE / "certif" / lieu).read_text(encoding="utf-8")), (
                regle,
                lieu,
            )


def test_the_moves_are_those_of_the_table() -> None:
    assert _rangees("The moves of a session", ARCHITECTURE) == [
        _rangee(mouvement) for mouvement in MOUVEMENTS
    ]


def _rangee(mouvement: Mouvement) -> list[str]:
    qui = "délégataire, gestionnaire" if mouvement.qui == ENTITE else QUI[next(iter(mouvement.qui))]
    etats = [f"`{etat.value}`" if etat else "—" for etat in (mouvement.de, mouvement.vers)]
    return [etats[0], f"`{mouvement.action.value}`", qui, etats[1]]


def test_the_glossary_names_things_of_the_code() -> None:
    connus = _noms_du_code()
    for terme, _, noms, autres in _tableau(GLOSSAIRE):
        for nom in re.findall(r"`([\w.]+)`", noms + autres):
            assert set(nom.split(".")) <= connus, f"{terme}: {nom}"


def _noms_du_code() -> set[str]:
    noms: set[str] = set()
    for fichier in (RACINE / "certif").rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, (ast.ClassDef, ast.FunctionDef)):
                noms.add(noeud.name)
            elif isinstance(noeud, ast.Name):
                noms.add(noeud.id)
            elif isinstance(noeud, ast.arg):
                noms.add(noeud.arg)
    return noms | {"RETOUR_COMMENTE".lower(), "purger"}


@pytest.mark.parametrize("papier", ["README.md", "docs/ecrans.md"])
def test_its_pictures_exist(papier: str) -> None:
    ecrit = RACINE / papier
    images = re.findall(r"!\[.*?\]\(([^)]+)\)", ecrit.read_text(encoding="utf-8"))
    assert images and [image for image in images if not (ecrit.parent / image).is_file()] == []


@pytest.mark.parametrize("cible", re.findall(r"^make (\w+)|`make (\w+)`", README, re.MULTILINE))
def test_its_commands_exist(cible: tuple[str, str]) -> None:
    makefile = (RACINE / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{cible[0] or cible[1]}:", makefile, re.MULTILINE)
