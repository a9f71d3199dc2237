"""Where the addresses are: what a reader of a space sees from the names of its files."""

from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "certif" / "web"
ESPACES = ("administration", "compte", "entite", "formateur", "verification")
DOSSIERS = sorted({f.parent for espace in ESPACES for f in (WEB / espace).rglob("__init__.py")})
TIENT = ("@bp.", "inscrire(", "relire_par(")
"""What gives a page its address."""


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda d: d.relative_to(WEB).as_posix())
def test_a_folder_tells_which_of_its_files_hold_addresses(dossier: Path) -> None:
    """A page in several parts is `page.py` beside them; a rubrique, `rubrique.py`; else each file is one."""
    modules = {f.stem: f.read_text("utf-8") for f in dossier.glob("*.py") if f.stem != "__init__"}
    pages = {nom for nom, texte in modules.items() if any(signe in texte for signe in TIENT)}
    if "page" in modules:
        assert pages == {"page"}
    elif "rubrique" in modules:
        assert "rubrique" in pages
    else:
        assert modules.keys() - pages <= {"blueprint"}
