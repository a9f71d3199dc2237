"""Pages as pixels, by poppler: what a printer would see."""

import shutil
import subprocess
from pathlib import Path

from tests.support.servers import absent


def pixels(pdf: bytes, dossier: Path, points_par_pouce: int = 100, *options: str) -> bytes:
    """The only page of a file as a PPM picture; `options` are those of pdftoppm."""
    if not shutil.which("pdftoppm"):
        absent("pdftoppm (poppler)")
    fichier = dossier / "page.pdf"
    fichier.write_bytes(pdf)
    commande = ["pdftoppm", "-r", str(points_par_pouce), "-singlefile", *options, str(fichier)]
    return subprocess.run(commande, check=True, capture_output=True).stdout
