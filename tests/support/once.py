"""What all the processes of a run need, made by the first of them that asks."""

import fcntl
from collections.abc import Callable
from pathlib import Path


def une_seule_fois(chemin: Path, faire: Callable[[Path], None]) -> Path:
    """This file or folder, which `faire` makes at the path that it is given; the others wait for it."""
    with Path(f"{chemin}.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not chemin.exists():
            provisoire = Path(f"{chemin}.provisoire")
            faire(provisoire)
            provisoire.rename(chemin)
    return chemin
