"""The index of the decisions names each page, once, by its own title."""

import re
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
PAGES = RACINE / "docs" / "decisions"
LIGNE = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| \[(.+?)\]\(([\w.-]+)\) \| .+ \|$", re.M)


def test_the_index_names_each_page_once_in_order() -> None:
    lignes = LIGNE.findall((PAGES / "README.md").read_text(encoding="utf-8"))
    assert [page for _, _, page in lignes] == sorted(p.name for p in PAGES.glob("2*.md"))
    for jour, titre, page in lignes:
        assert page.startswith(jour)
        assert titre in (PAGES / page).read_text(encoding="utf-8").partition("\n")[0], page


def test_a_page_names_files_as_they_are_called_now() -> None:
    dossiers = (RACINE / nom for nom in ("certif", "tests", "bench", "charge"))
    fichiers = [f"/{f.relative_to(RACINE)}" for dossier in dossiers for f in dossier.rglob("*.py")]
    for page in PAGES.glob("*.md"):
        for nom in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8")):
            assert any(f.endswith(f"/{nom}") for f in fichiers), f"{page.name}: {nom}"
