"""What pages tell of the code, from the code: `python -m tests.architecture.carte` writes it in them."""

import ast
from collections.abc import Callable
from pathlib import Path

from certif import rythmes
from certif.domaine import conservation

RACINE = Path(__file__).parents[2]


def carte() -> str:
    """One row for each folder of `certif`: where, what it is for, the modules in it."""
    dossiers = sorted(f.parent for f in (RACINE / "certif").rglob("__init__.py"))
    return "".join(["| where | what | modules |\n", "|---|---|---|\n", *(_rangee(d) for d in dossiers)])


def durees() -> str:
    """One row for each kind of thing kept: as it is read, by which rule, and what erases it."""
    titre = "| ce qui est gardé | combien de temps | rule | erased by |\n|---|---|---|---|\n"
    return titre + "".join(
        f"| {ligne.quoi} | {ligne.combien} | {ligne.regle} | {ligne.par or effaceur(ligne)} |\n"
        for ligne in conservation.LIGNES.values()
    )


def effaceur(ligne: conservation.Ligne) -> str:
    """The function that erases what is due of it."""
    trouves = (
        f"`{fonction.__module__.removeprefix('certif.')}.{fonction.__name__}`"
        for lignes, fonction in rythmes.TOUTES_LES_DIX_MINUTES + rythmes.TOUTES_LES_HEURES
        if ligne in lignes
    )
    return ", ".join(trouves)


PAGES: dict[Path, tuple[str, Callable[[], str]]] = {
    RACINE / "docs" / "architecture.md": ("<!-- carte -->\n", carte),
    RACINE / "docs" / "exploitation.md": ("<!-- durées -->\n", durees),
}
FIN = "<!-- fin -->"


def actualiser(page: Path) -> str:
    """The page, with what the code tells between its marks."""
    debut, dire = PAGES[page]
    avant, reste = page.read_text("utf-8").split(debut)
    return avant + debut + dire() + FIN + reste.partition(FIN)[2]


def _rangee(dossier: Path) -> str:
    init = ast.get_docstring(ast.parse((dossier / "__init__.py").read_text("utf-8"))) or ""
    assert init, f"{dossier}: say what it is for"
    modules = ", ".join(f"`{f.stem}`" for f in sorted(dossier.glob("*.py")) if f.stem != "__init__")
    return f"| `{dossier.relative_to(RACINE).as_posix()}/` | {init.splitlines()[0]} | {modules} |\n"


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(actualiser(page), "utf-8")
