"""The child of a worker that waits for a job: who does it, and what becomes of the child."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from certif.config import RACINE
from certif.socle.reserve import Reserve
from tests.support.servers import attendre
from tests.support.workers import vivant


@pytest.fixture
def dit(tmp_path: Path) -> Path:
    return tmp_path / "dit"


@pytest.fixture
def reserve(dit: Path) -> Iterator[Reserve]:
    """A child waits, that writes its process and what it was told."""
    reserve = Reserve()
    _lever(reserve, dit)
    yield reserve
    reserve.congedier()


def _lever(reserve: Reserve, dit: Path) -> None:
    def agir(attendre: Callable[[], str]) -> None:
        dit.with_suffix(".pret").touch()
        recu = attendre()
        dit.write_text(f"{os.getpid()} {recu}")
        os._exit(0)

    reserve.lever(agir)
    attendre(dit.with_suffix(".pret").exists)


def test_whoever_waits_is_told_and_does_it(reserve: Reserve, dit: Path) -> None:
    pid = reserve.confier("une tâche")
    assert pid is not None
    assert os.waitpid(pid, 0) == (pid, 0)
    assert dit.read_text() == f"{pid} une tâche"


def test_one_waits_at_a_time(reserve: Reserve, dit: Path) -> None:
    premier = _enfant(reserve)
    reserve.lever(lambda _: None)
    assert _enfant(reserve) == premier


def test_without_anybody_nobody_is_told(dit: Path) -> None:
    assert Reserve().confier("x") is None


def test_who_died_meanwhile_is_told_nothing_and_replaced(reserve: Reserve, dit: Path) -> None:
    mort = _enfant(reserve)
    os.kill(mort, signal.SIGKILL)
    attendre(lambda: not vivant(mort))
    assert reserve.confier("x") is None
    assert not dit.exists()
    _lever(reserve, dit)
    pid = reserve.confier("y")
    assert pid is not None
    os.waitpid(pid, 0)
    assert dit.read_text() == f"{pid} y"


def test_who_is_not_needed_ends_at_once_wherever_it_is() -> None:
    reserve = Reserve()
    reserve.lever(lambda _: time.sleep(60))
    parti = _enfant(reserve)
    reserve.congedier()
    assert not vivant(parti)
    assert reserve.confier("x") is None


def test_who_waits_for_somebody_who_died_hears_nothing(dit: Path) -> None:
    """Even where the system does not tie it to its parent."""
    parent = os.fork()
    if parent == 0:
        _lever(Reserve(), dit)
        os._exit(0)
    os.waitpid(parent, 0)
    attendre(dit.exists)
    attendre(lambda: dit.read_text().endswith(" "))


def test_what_fails_before_it_waits_is_told_nothing() -> None:
    reserve = Reserve()
    reserve.lever(lambda _: (_ for _ in ()).throw(OSError))
    rate = _enfant(reserve)
    attendre(lambda: not vivant(rate))
    assert reserve.confier("x") is None


def test_without_room_for_a_process_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuser)
    ouverts = set(Path("/dev/fd").iterdir())
    reserve = Reserve()
    reserve.lever(lambda _: None)
    assert reserve.confier("x") is None
    assert set(Path("/dev/fd").iterdir()) == ouverts


def test_who_is_told_to_stop_while_it_forks_stops() -> None:
    """What a handler raises within a fork is lost: a worker would go on for ever, asked once to stop."""
    programme = """
import os, signal
from certif.config import RACINE
from certif.socle.reserve import Reserve

class Arret(Exception): ...

def arreter(*_):
    raise Arret

signal.signal(signal.SIGTERM, arreter)
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
reserve = Reserve()
try:
    reserve.lever(lambda attendre: attendre())
except Arret:
    reserve.congedier()
    print("stopped")
"""
    commande = [sys.executable, "-c", programme]
    dit = subprocess.run(commande, check=False, cwd=RACINE, capture_output=True, text=True)
    assert (dit.stdout, dit.stderr) == ("stopped\n", "")


def _enfant(reserve: Reserve) -> int:
    pid = reserve._pid
    assert pid is not None
    return pid
