"""What the papers beside the code lead to is there."""

import re
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("nom", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_a_paper_leads_somewhere(nom: str) -> None:
    texte = (RACINE / nom).read_text(encoding="utf-8")
    liens = re.findall(r"\]\((?!https?:)([^)#]+)", texte)
    chemins = re.findall(r"`((?:certif|tests|docs|static|templates)/[\w./]*)`", texte)
    assert liens
    assert [lieu for lieu in (*liens, *chemins) if not (RACINE / lieu).exists()] == []


def test_no_paper_holds_what_two_versions_of_it_left() -> None:
    papiers = [*RACINE.glob("*.md"), *(RACINE / "docs").rglob("*.md")]
    assert [p.name for p in papiers if re.search(r"^(<{7}|>{7}) ", p.read_text(encoding="utf-8"), re.M)] == []
