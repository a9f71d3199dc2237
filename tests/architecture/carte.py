"""The map of the code, as the folders tell it: `python -m tests.architecture.carte` writes it in its page."""

import ast
from pathlib import Path

RACINE = Path(__file__).parents[2]
PAGE = RACINE / "docs" / "architecture.md"
DEBUT, FIN = "<!-- carte -->\n", "<!-- fin -->"


def carte() -> str:
    """One row for each folder of `certif`: where, what it is for, the modules in it."""
    dossiers = sorted(f.parent for f in (RACINE / "certif").rglob("__init__.py"))
    return "".join(["| where | what | modules |\n", "|---|---|---|\n", *(_rangee(d) for d in dossiers)])


def actualiser(page: str) -> str:
    """The page, with the map between its marks."""
    avant, reste = page.split(DEBUT)
    return avant + DEBUT + carte() + FIN + reste.partition(FIN)[2]


def _rangee(dossier: Path) -> str:
    init = ast.get_docstring(ast.parse((dossier / "__init__.py").read_text("utf-8"))) or ""
    assert init, f"{dossier}: say what it is for"
    modules = ", ".join(f"`{f.stem}`" for f in sorted(dossier.glob("*.py")) if f.stem != "__init__")
    return f"| `{dossier.relative_to(RACINE).as_posix()}/` | {init.splitlines()[0]} | {modules} |\n"


if __name__ == "__main__":
    PAGE.write_text(actualiser(PAGE.read_text("utf-8")), "utf-8")
