"""`make inventaire` lists all that is installed to serve, and nothing else."""

import json
import re
import subprocess
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]


def test_the_list_is_that_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").symlink_to(RACINE / "pyproject.toml")
    (tmp_path / "requirements.txt").symlink_to(RACINE / "requirements.txt")
    commande = ["make", "-s", "-f", str(RACINE / "Makefile"), "inventaire", f"VENV={RACINE / '.venv'}"]
    subprocess.run(
        [*commande, "-o", f"{RACINE / '.venv'}/.installe-tests"], cwd=tmp_path, check=True, timeout=60
    )
    liste = json.loads((tmp_path / "inventaire.cdx.json").read_text(encoding="utf-8"))
    assert liste["bomFormat"] == "CycloneDX"
    verrou = (RACINE / "requirements.txt").read_text(encoding="utf-8")
    installes = set(re.findall(r"^([\w.-]+)(?:\[\w,]+)?==([\w.]+)", verrou, re.M))
    assert {(c["name"], c["version"]) for c in liste["components"]} == installes
    assert all(c["externalReferences"][0]["hashes"] for c in liste["components"])
