"""The queue on a host of its own: what `docs/exploitation/redis/` allows is what is needed, and no more."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from certif import create_app
from certif.config import Config
from certif.domaine.exploitation.voies import etats_des_voies
from certif.socle import file
from certif.socle.base.extensions import limiter
from certif.socle.file import Voie, enfiler
from tests.cluster.autorite import Autorite
from tests.cluster.redis_chiffre import RedisChiffre, redis_chiffre
from tests.support.servers import attendre
from tests.support.stack import port_libre

QUAND_UN_OUVRIER_MEURT = {"lmove"}
"""Takes up again what was lost between taking it and starting it: see the tests that kill hosts."""


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisChiffre]:
    autorite = Autorite(tmp_path)
    with redis_chiffre(tmp_path, autorite, "127.0.0.1", port_libre()) as serveur:
        file.regler(serveur.url)
        yield serveur


@pytest.mark.lent
def test_the_application_is_refused_nothing_and_allowed_nothing_else(
    redis: RedisChiffre, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another test may have left it without its server: it then waits before trying again.
    monkeypatch.setattr(limiter, "_storage_dead", False)
    faire_de_tout(redis.url, config, tmp_path / "trace")
    assert redis.refus() == []
    assert redis.permises() - redis.demandees() == QUAND_UN_OUVRIER_MEURT


def faire_de_tout(url: str, config: Config, trace: Path) -> None:
    """Visits that are counted; jobs done, delayed, tried again, given up; the page that shows the queues."""
    trace.touch()
    site = create_app(Config.lire({"CERTIF_DONNEES": str(config.donnees), "REDIS_URL": url})).test_client()
    assert site.get("/verifier").status_code == 200
    commande = [sys.executable, "-m", "tests.socle.ouvrier_essai", url, str(trace)]
    ouvrier = subprocess.Popen(commande, stderr=subprocess.DEVNULL)
    try:
        attendre(lambda: file.ouvrier_vivant(Voie.SUITES), 60)
        enfiler("echouer", 1)
        enfiler("noter", 2)
        enfiler("noter", 3, delai_s=1)
        file.queue(Voie.SUITES).enqueue("certif.taches.echouer", 4)  # tried once: given up at once
        assert etats_des_voies()
        attendre(lambda: sorted(trace.read_text().split()) == ["1", "1", "2", "3", "4"], 60)
    finally:
        ouvrier.send_signal(signal.SIGTERM)
        ouvrier.wait(30)


@pytest.mark.parametrize(
    "autrement",
    [
        lambda url: url.replace("rediss://", "redis://").partition("?")[0],
        lambda url: url.partition("?")[0],
        lambda url: url.replace("certif:", "certif:x"),
        lambda url: url.replace("certif:", "default:"),
    ],
    ids=["in clear", "an authority that nobody gave", "another password", "the user of all"],
)
def test_nobody_else_comes_in(redis: RedisChiffre, autrement: Callable[[str], str]) -> None:
    assert file.joignable()
    file.regler(autrement(redis.url))
    assert not file.joignable()


@pytest.mark.parametrize(
    "geste",
    [
        lambda client: client.set("autre", 1),
        lambda client: client.keys("*"),
        lambda client: client.flushall(),
        lambda client: client.config_get("*"),
        lambda client: client.publish("rq:pubsub:x", "stop"),
        lambda client: client.eval("return 1", 0),
    ],
)
def test_a_stolen_password_does_little(redis: RedisChiffre, geste: Callable[[Redis], object]) -> None:
    with Redis.from_url(redis.url) as client, pytest.raises(NoPermissionError):
        geste(client)
