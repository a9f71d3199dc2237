"""How far the business clock is from the real one, kept where children and commands read it.

A child that restarts must not go back in time.
"""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path


def fichier_de(donnees: Path) -> Path:
    """Where the offset of a data folder is kept."""
    return donnees / "horloge"


def lire(donnees: Path) -> timedelta | None:
    """The offset that the last start left; None when it left none.

    Raises:
        ValueError, OverflowError: the file holds something else.
    """
    try:
        return timedelta(seconds=float(fichier_de(donnees).read_text("ascii")))
    except (FileNotFoundError, NotADirectoryError):
        return None


def ecrire(donnees: Path, decalage: timedelta) -> None:
    """Leave the offset, or nothing when there is none."""
    fichier = fichier_de(donnees)
    if not decalage:
        with suppress(FileNotFoundError):
            fichier.unlink()
        return
    donnees.mkdir(mode=0o700, parents=True, exist_ok=True)
    brouillon = donnees / ".horloge"
    brouillon.write_text(repr(decalage.total_seconds()), "ascii")
    brouillon.replace(fichier)
