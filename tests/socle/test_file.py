"""The queue, on a real Valkey with real workers."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rq.job import Job
from rq.serializers import JSONSerializer

from certif.socle import file
from certif.socle.file import ceder, enfiler, enfiler_chacune
from certif.socle.ouvriers import Ouvrier
from tests.support.servers import ServeurValkey, attendre

SUITES, CERTIFICATS = file.Voie.SUITES, file.Voie.CERTIFICATS

Lanceur = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    chemin = tmp_path / "trace"
    chemin.touch()
    return chemin


@pytest.fixture
def ouvrier(valkey: ServeurValkey, trace: Path) -> Iterator[Lanceur]:
    """Start real workers; whatever is left of them is killed at the end."""
    lances: list[subprocess.Popen[str]] = []

    def lancer(*options: str) -> subprocess.Popen[str]:
        processus = subprocess.Popen(
            [sys.executable, "-m", "tests.socle.ouvrier_essai", valkey.url, str(trace), *options],
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        lances.append(processus)
        return processus

    yield lancer
    for processus in lances:
        _tuer_groupe(processus)
        processus.communicate(timeout=10)


def _tuer_groupe(processus: "subprocess.Popen[str]") -> None:
    """Kill a worker with its scheduler, but not the job that it runs: that one has a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(processus.pid, signal.SIGKILL)


def test_jobs_run_with_integers_only(valkey: ServeurValkey, ouvrier: Lanceur, trace: Path) -> None:
    enfiler("noter", 7)
    assert not file.ouvrier_vivant(SUITES)
    ouvrier("burst").communicate(timeout=30)
    assert trace.read_text() == "7\n"
    assert valkey.client.keys("rq:job:*") == []
    for intrus in ("7", 7.0, True, None):
        with pytest.raises(TypeError):
            enfiler("noter", intrus)  # type: ignore[arg-type]


def test_a_child_that_waits_does_the_job_and_another_waits_next(
    valkey: ServeurValkey, ouvrier: Lanceur, trace: Path
) -> None:
    def lus() -> list[str]:
        return trace.read_text().split()

    ouvrier("reserve")
    attendre(lambda: len(lus()) == 1)
    enfiler("signer", 1)
    attendre(lambda: len(lus()) == 3)
    pret, fait, suivant = lus()
    assert fait == pret != suivant


def test_the_same_call_waits_once(valkey: ServeurValkey) -> None:
    for _ in range(3):
        enfiler("noter", 7)
    enfiler("noter", 71)
    enfiler("noter", 7, 1)
    assert len(file.queue(SUITES)) == 3
    assert valkey.client.ping()


def test_many_calls_wait_once_each(valkey: ServeurValkey) -> None:
    enfiler("noter", 7)
    for _ in range(2):
        enfiler_chacune("noter", range(600))
    assert len(file.queue(SUITES)) == 600
    assert valkey.client.ping()


@pytest.mark.usefixtures("valkey")
def test_what_a_click_waits_for_has_a_queue_of_its_own() -> None:
    enfiler("produire_dossier", 1)
    enfiler("produire_certificats", 2)
    enfiler("reconstituer_archive", 3)
    enfiler("effacer_traces", 4)
    attendent = [[i.rpartition("-")[0] for i in file.queue(v).get_job_ids()] for v in (CERTIFICATS, SUITES)]
    assert attendent == [
        ["produire_certificats-2", "reconstituer_archive-3"],
        ["produire_dossier-1", "effacer_traces-4"],
    ]


@pytest.mark.usefixtures("valkey")
def test_a_call_lets_the_others_of_its_queue_pass_and_comes_back_behind_them() -> None:
    assert not ceder("produire_dossier", 1)
    enfiler("produire_certificats", 2)  # of the other queue: it does not wait
    enfiler("produire_dossier", 1)  # the same call: it is nobody else
    assert not ceder("produire_dossier", 1)
    file.queue(SUITES).empty()
    enfiler("produire_dossier", 3)
    assert ceder("produire_dossier", 1)
    assert [i.rpartition("-")[0] for i in file.queue(SUITES).get_job_ids()] == [
        "produire_dossier-3",
        "produire_dossier-1",
    ]


def test_a_failure_leaves_nothing_personal(valkey: ServeurValkey, ouvrier: Lanceur, trace: Path) -> None:
    enfiler("echouer", 5)
    _, journal = ouvrier("burst").communicate(timeout=30)
    assert trace.read_text() == "5\n"
    assert '"tache": "echouer-5"' in journal
    assert "ValueError" in journal
    cles = [*valkey.client.keys("*")]
    octets = b"".join(valkey.client.dump(cle) or b"" for cle in cles)
    assert cles
    for secret in ("DUPONT", "marie@"):
        assert secret not in journal
        assert secret.encode() not in octets


def _inserer(donnees: bytes, **champs: str) -> None:
    """Write a job in Redis as somebody who can reach it would."""
    client, identifiant = file.connexion(), f"intrus-{time.monotonic_ns()}"
    maintenant, origine = datetime.now(UTC).isoformat().replace("+00:00", "Z"), file.queue(SUITES).name
    client.hset(
        Job.key_for(identifiant),
        mapping={
            "data": donnees,
            "created_at": maintenant,
            "origin": origine,
            "status": "queued",
            **champs,  # type: ignore[dict-item]
        },
    )
    client.rpush(file.queue(SUITES).key, identifiant)


class _Piege:
    """Would create a file when unpickled."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self.chemin), "w")


@pytest.mark.lent
@pytest.mark.usefixtures("valkey")
def test_pickled_and_foreign_functions_are_not_run(ouvrier: Lanceur, trace: Path, tmp_path: Path) -> None:
    piege = tmp_path / "piege"
    touche = f"import pathlib; pathlib.Path({str(piege)!r}).touch()"
    _inserer(pickle.dumps((_Piege(piege), None, (), {})))
    for fonction, instance, arguments, nommes in (
        ("os.system", None, [f"touch {piege}"], {}),
        ("builtins.exec", None, [touche], {}),
        ("certif.taches.interdite", None, [1], {}),
        ("certif.taches.os.system", None, [f"touch {piege}"], {}),
        ("certif.taches.noter", None, ["2"], {}),
        ("certif.taches.noter", None, [], {"identifiant": 3}),
        ("noter", "certif.taches", [4], {}),
        (None, None, [], {}),
    ):
        _inserer(JSONSerializer.dumps([fonction, instance, arguments, nommes]))
    noter = JSONSerializer.dumps(["certif.taches.noter", None, [9], {}])
    _inserer(
        noter,
        success_callback_name="certif.taches.interdite",
        failure_callback_name="certif.taches.interdite",
        stopped_callback_name="certif.taches.interdite",
    )
    enfiler("noter", 10)
    ouvrier("burst").communicate(timeout=60)
    assert not piege.exists()
    assert trace.read_text() == "9\n10\n"
    assert len(file.queue(SUITES)) == 0


@pytest.mark.lent
@pytest.mark.usefixtures("valkey")
def test_sigterm_lets_the_job_finish(ouvrier: Lanceur, trace: Path) -> None:
    processus = ouvrier()
    attendre(lambda: file.ouvrier_vivant(SUITES), 20)
    enfiler("patienter", 8)
    attendre(lambda: trace.read_text() == "-8\n")
    processus.send_signal(signal.SIGTERM)
    processus.communicate(timeout=20)
    assert trace.read_text() == "-8\n8\n"
    assert not file.ouvrier_vivant(SUITES)


@pytest.mark.lent
@pytest.mark.usefixtures("valkey")
@pytest.mark.skipif(sys.platform != "linux", reason="a child is tied to its parent on Linux only")
def test_a_job_dies_with_its_worker(ouvrier: Lanceur, trace: Path) -> None:
    processus = ouvrier()
    enfiler("patienter", 8)
    attendre(lambda: trace.read_text() == "-8\n", 20)
    _tuer_groupe(processus)
    time.sleep(2)
    assert trace.read_text() == "-8\n"


@pytest.mark.lent
def test_a_worker_that_the_queue_forgot_is_known_again(
    valkey: ServeurValkey, ouvrier: Lanceur, trace: Path
) -> None:
    """The queue was emptied, or the worker cut off from it for longer than it is remembered."""
    ouvrier()
    attendre(lambda: file.ouvrier_vivant(SUITES), 20)
    valkey.client.flushall()
    assert not file.ouvrier_vivant(SUITES)
    enfiler("noter", 6)
    attendre(lambda: trace.read_text() == "6\n", 30)
    attendre(lambda: file.ouvrier_vivant(SUITES), 30)


@pytest.mark.lent
@pytest.mark.usefixtures("valkey")
def test_delayed_jobs_wait(ouvrier: Lanceur, trace: Path) -> None:
    enfiler("noter", 4, delai_s=3)
    ouvrier()
    attendre(lambda: file.ouvrier_vivant(SUITES), 20)
    assert trace.read_text() == ""
    attendre(lambda: trace.read_text() == "4\n", 15)


def test_a_queue_that_is_down_stops_nothing(tmp_path: Path) -> None:
    file.regler(f"unix://{tmp_path}/absent")
    debut = time.monotonic()
    enfiler("noter", 1)
    enfiler("noter", 1, delai_s=5)
    assert not ceder("noter", 1)
    assert not file.joignable()
    assert not file.ouvrier_vivant(SUITES)
    assert time.monotonic() - debut < 1


@pytest.mark.lent
def test_leaving_a_queue_that_has_just_come_back_opens_no_connection(valkey: ServeurValkey) -> None:
    """Two threads that open the same one take each other's answers: the worker would stop with an error."""
    parti: Any = Ouvrier(SUITES, set())
    parti.subscribe()
    valkey.arreter()
    try:
        attendre(lambda: not parti.pubsub.connection.is_connected)
    finally:
        valkey.demarrer()
    parti.unsubscribe()
    assert not parti.pubsub.connection.is_connected
    parti.pubsub_thread.join(timeout=10)
    assert not parti.pubsub_thread.is_alive()


def test_a_frozen_queue_costs_seconds_at_most(valkey: ServeurValkey) -> None:
    valkey.envoyer(signal.SIGSTOP)
    try:
        debut = time.monotonic()
        enfiler("noter", 1)
        assert time.monotonic() - debut < 5
        assert not file.joignable()
    finally:
        valkey.envoyer(signal.SIGCONT)
    attendre(file.joignable)
