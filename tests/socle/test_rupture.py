"""Break points: silent unless named."""

import errno
import os
import subprocess
import sys
import time

import pytest

from certif.socle.rupture import VARIABLE, Rupture, point_de_rupture


def test_silent_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert point_de_rupture("ici") is None
    monkeypatch.setenv(VARIABLE, "ailleurs:raise")
    assert point_de_rupture("ici") is None


def test_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "a:raise,b:plein,c:sleep=0.2,d:inconnu")
    with pytest.raises(Rupture, match="a"):
        point_de_rupture("a")
    with pytest.raises(OSError, match="b") as erreur:
        point_de_rupture("b")
    assert erreur.value.errno == errno.ENOSPC
    debut = time.monotonic()
    point_de_rupture("c")
    assert time.monotonic() - debut >= 0.2
    with pytest.raises(ValueError, match="d"):
        point_de_rupture("d")


def test_kill() -> None:
    code = "from certif.socle.rupture import point_de_rupture as p; p('a'); print('survived')"
    resultat = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, VARIABLE: "a:kill"}, capture_output=True, check=False
    )
    assert resultat.returncode == -9
    assert resultat.stdout == b""
