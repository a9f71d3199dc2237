"""What `.ci/run` installs on a machine, told by stand-ins for its programs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[1] / ".ci" / "run"
TOUS = {
    "chromium": 0,
    "nginx": 0,
    "redis-server": 0,
    "pdftotext": 0,
    "systemd-analyze": 0,
    "python3": 0,
    "make": 0,
}
"""The programs that it looks for, and how each of them ends."""


def installe(dossier: Path, programmes: dict[str, int]) -> str:
    """What it asks apt-get for where these programs are there; it ends by running the tests."""
    for nom in ("bash", "dirname", "env"):
        (dossier / nom).symlink_to(shutil.which(nom) or nom)
    appels = dossier / "appels"
    for nom, code in {"apt-get": 0, **programmes}.items():
        (dossier / nom).write_text(f'#!/bin/sh\necho {nom} "$@" >> {appels}\nexit {code}\n')
    (dossier / "sudo").write_text('#!/bin/sh\nexec "$@"\n')
    for nom in ("apt-get", "sudo", *programmes):
        (dossier / nom).chmod(0o755)
    environ = {c: v for c, v in os.environ.items() if c != "PYTHON"} | {"PATH": str(dossier)}
    subprocess.run([RUN], env=environ, check="make" in programmes)
    lignes = appels.read_text().splitlines()
    assert lignes[-1] == "make test" or "make" not in programmes
    installations = [
        ligne.rpartition("--no-install-recommends ")[2] for ligne in lignes if " install " in ligne
    ]
    return " ".join(installations)


@pytest.mark.parametrize(
    ("programmes", "attendu"),
    [
        (TOUS, ""),
        ({**TOUS, "python3": 1}, "python3-venv"),
        ({("chromium-headless-shell" if nom == "chromium" else nom): 0 for nom in TOUS}, ""),
        (
            {"make": 0, "python3": 1},
            "chromium-headless-shell nginx-light redis-server poppler-utils systemd python3-venv",
        ),
        ({"make": 0}, "chromium-headless-shell nginx-light redis-server poppler-utils systemd python3-venv"),
        ({nom: code for nom, code in TOUS.items() if nom != "make"}, "make"),
    ],
    ids=["all there", "python without venv", "the lighter browser", "fresh Debian", "no python", "no make"],
)
def test_what_is_missing_is_installed(tmp_path: Path, programmes: dict[str, int], attendu: str) -> None:
    assert installe(tmp_path, programmes) == attendu
