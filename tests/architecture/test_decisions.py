"""The index of the decisions names each page, once, by its own title."""

import re
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "decisions"
LIGNE = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| \[(.+?)\]\(([\w.-]+)\) \| .+ \|$", re.M)


def test_the_index_names_each_page_once_in_order() -> None:
    lignes = LIGNE.findall((PAGES / "README.md").read_text(encoding="utf-8"))
    assert [page for _, _, page in lignes] == sorted(p.name for p in PAGES.glob("2*.md"))
    for jour, titre, page in lignes:
        assert page.startswith(jour)
        assert titre in (PAGES / page).read_text(encoding="utf-8").partition("\n")[0], page
