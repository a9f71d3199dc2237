"""Who writes next on SQLite: those who wait try often, one of a process at a time."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from certif.socle.base import extensions, plume
from certif.socle.base.extensions import ECRITURE


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "plume.db"


@pytest.fixture
def moteur(base: Path) -> Iterator[Engine]:
    moteur = create_engine(f"sqlite:///{base}").execution_options(**{ECRITURE: True})
    with moteur.begin() as connexion:
        connexion.execute(text("CREATE TABLE page (qui INTEGER)"))
    yield moteur
    moteur.dispose()


@pytest.fixture
def autrui(base: Path, moteur: Engine) -> Iterator[sqlite3.Connection]:
    """Somebody of another process, who writes."""
    connexion = sqlite3.connect(base, isolation_level=None, check_same_thread=False)
    connexion.execute("BEGIN IMMEDIATE")
    yield connexion
    connexion.close()


def ecrire(moteur: Engine, qui: int) -> None:
    with moteur.begin() as connexion:
        connexion.execute(text("INSERT INTO page VALUES (:qui)"), {"qui": qui})


def test_everybody_writes_who_waits(moteur: Engine, autrui: sqlite3.Connection) -> None:
    fils = [threading.Thread(target=ecrire, args=(moteur, qui)) for qui in range(12)]
    for fil in fils:
        fil.start()
    time.sleep(0.1)
    autrui.execute("COMMIT")
    for fil in fils:
        fil.join(timeout=20)
    with moteur.begin() as connexion:
        assert set(connexion.scalars(text("SELECT qui FROM page"))) == set(range(12))


def test_one_of_a_process_tries_and_the_others_stand_behind(
    moteur: Engine, autrui: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    essais: list[int] = []
    essayer = plume._essayer

    def noter(pilote: object) -> bool:
        essais.append(threading.get_ident())
        return essayer(pilote)

    monkeypatch.setattr(plume, "_essayer", noter)
    fils = [threading.Thread(target=ecrire, args=(moteur, qui)) for qui in range(4)]
    for fil in fils:
        fil.start()
    while len(essais) < 10:
        time.sleep(0.001)
    assert len(set(essais)) == 1
    autrui.execute("COMMIT")
    for fil in fils:
        fil.join(timeout=20)
    assert len(set(essais)) == 4


def test_it_is_tried_again_at_the_same_pace(
    moteur: Engine, autrui: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    attentes: list[float] = []

    def attendre(secondes: float) -> None:
        attentes.append(secondes)
        if len(attentes) == 50:
            autrui.execute("COMMIT")

    monkeypatch.setattr(plume.time, "sleep", attendre)  # type: ignore[attr-defined]
    ecrire(moteur, 1)
    assert attentes == [plume._PAS_S] * 50


def test_who_waits_in_vain_is_told(
    moteur: Engine, autrui: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "ATTENTE_VERROU_S", 0.05)
    with pytest.raises(OperationalError, match="locked"):
        ecrire(moteur, 1)
    autrui.execute("COMMIT")
    ecrire(moteur, 2)


def test_who_loses_their_connection_in_line_holds_up_nobody(moteur: Engine) -> None:
    connexion = moteur.connect()
    perdue: Any = connexion.connection.driver_connection
    perdue.close()
    with pytest.raises(sqlite3.ProgrammingError):
        plume.prendre(connexion, 1.0)
    assert not plume._tour.locked()
    connexion.invalidate()
    ecrire(moteur, 1)


def test_what_is_waited_for_later_is_waited_for_as_before(moteur: Engine) -> None:
    with moteur.begin() as connexion:
        attente = connexion.scalar(text("PRAGMA busy_timeout"))
        assert attente == extensions.ATTENTE_VERROU_S * 1000
