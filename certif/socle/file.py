"""The job queues: RQ with JSON, identifiers only, and only the functions that we name.

Rows are the outbox: a queue holds nothing that the database does not, and may be emptied at any time. What
somebody waits for behind a click has a queue, and a worker, of its own; a worker listens on one queue only,
where a job that it lost between taking and starting it is found again.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry as Reprise
from rq import Queue, Retry
from rq.serializers import JSONSerializer
from rq.utils import as_text, utcparse
from rq.worker_registration import get_keys

from certif.socle.observation import suivi
from certif.socle.tache import MODULE, Tache

DUREE_MAX_S = 300
REPRISES_S = (5, 30)
CONSERVATION_ECHEC_S = 24 * 3600

VIE_OUVRIER_S = 30
SILENCE_MAX = timedelta(seconds=VIE_OUVRIER_S + 10)
"""A worker sends a heartbeat at least every 15 s; past this silence it counts as dead."""

_journal = structlog.get_logger(__name__)
_adresse: str | None = None


class Voie(StrEnum):
    """The queues: what a click waits for, and all that may take longer."""

    CERTIFICATS = "certificats"
    SUITES = "suites"


_DU_CLIC = frozenset({"produire_certificats", "reconstituer_archive"})


def voie_de(tache: str) -> Voie:
    """The queue of a task."""
    return Voie.CERTIFICATS if tache in _DU_CLIC else Voie.SUITES


def regler(adresse: str) -> None:
    """Choose the Redis server: redis://, rediss:// or unix:// address."""
    global _adresse
    _adresse = adresse


def connexion() -> Redis:
    """A client that gives up fast: a request never waits for the queue."""
    return _client(_reglee())


@cache
def _client(adresse: str) -> Redis:
    return Redis.from_url(adresse, socket_connect_timeout=1, socket_timeout=2, retry=Reprise(NoBackoff(), 0))


def connexion_ouvrier() -> Redis:
    """A client of its own for a worker, which waits for jobs on it."""
    return Redis.from_url(_reglee())


def _reglee() -> str:
    assert _adresse is not None, "the queue is used before it is set"
    return _adresse


def joignable() -> bool:
    """Whether the queue's server answers."""
    try:
        return bool(connexion().ping())
    except (RedisError, OSError):
        return False


def queue(voie: Voie, client: Redis | None = None) -> Queue:
    """One of the queues."""
    nom = f"certif-{voie}"
    return Queue(nom, connection=client or connexion(), serializer=JSONSerializer, job_class=Tache)


def enfiler(tache: str, *ids: int, delai_s: int = 0) -> None:
    """Ask a worker to call `certif.taches.<tache>(*ids)`, after `delai_s` seconds if given.

    A job that already waits for the same call is enough. A server that is down is only logged: the row that
    the job is about is found again by the periodic reconciler.
    """
    _confier(tache, [ids], delai_s)


def enfiler_chacune(tache: str, numeros: Iterable[int]) -> None:
    """The same for many calls of one task, of one identifier each, looking once at what waits."""
    _confier(tache, [(numero,) for numero in numeros], 0)


def _confier(tache: str, appels: Collection[tuple[int, ...]], delai_s: int) -> None:
    if any(type(i) is not int for ids in appels for i in ids):
        raise TypeError("a job takes integer identifiers only")
    voie = voie_de(tache)
    try:
        deja = _en_attente(voie) if appels and not delai_s else set()
        for ids in appels:
            radical = _radical(tache, ids)
            if radical in deja:
                continue
            fonction, reglages = f"{MODULE}.{tache}", _reglages(radical, ids)
            if delai_s:
                queue(voie).enqueue_in(timedelta(seconds=delai_s), fonction, **reglages)
            else:
                queue(voie).enqueue(fonction, **reglages)
    except (RedisError, OSError) as erreur:
        _journal.warning("file injoignable", tache=tache, nombre=len(appels), erreur=type(erreur).__name__)


def _reglages(radical: str, ids: tuple[int, ...]) -> dict[str, Any]:
    return {
        "args": ids,
        "job_id": f"{radical}-{uuid.uuid4().hex}",
        "description": radical,
        "job_timeout": DUREE_MAX_S,
        "meta": {suivi.CLE: suivi.marque()},
        "result_ttl": 0,
        "failure_ttl": CONSERVATION_ECHEC_S,
        "retry": Retry(max=len(REPRISES_S), interval=list(REPRISES_S)),
    }


def ceder(tache: str, *ids: int) -> bool:
    """Let others pass: when another call waits in the same queue, put this one behind it.

    True when the caller should stop there: it will be called again. A job that asks between two pieces of its
    work makes nobody wait for more than one of them.
    """
    if not d_autres_attendent(tache, *ids):
        return False
    enfiler(tache, *ids)
    return True


def d_autres_attendent(tache: str, *ids: int) -> bool:
    """Whether another call than this one waits in the same queue; False when it does not answer."""
    try:
        return bool(_en_attente(voie_de(tache)) - {_radical(tache, ids)})
    except (RedisError, OSError):
        return False


def _radical(tache: str, ids: tuple[int, ...]) -> str:
    return "-".join([tache, *map(str, ids)])


def _en_attente(voie: Voie) -> set[str]:
    """The calls that wait in a queue: without a worker, repeated calls must not pile up."""
    return {identifiant.rpartition("-")[0] for identifiant in queue(voie).get_job_ids()}


def ouvrier_vivant(voie: Voie) -> bool:
    """Whether at least one worker of this queue sent a recent heartbeat."""
    try:
        return any(vivants(voie))
    except (RedisError, OSError):
        return False


def vivants(voie: Voie) -> Iterator[bool]:
    """Whether each worker of this queue sent one; RedisError or OSError when the queue does not answer."""
    client = connexion()
    for cle in get_keys(queue(voie, client)):
        battement, mort = client.hmget(cle, "last_heartbeat", "death")
        recent = battement and datetime.now(UTC) - utcparse(as_text(battement)) < SILENCE_MAX
        yield bool(recent and not mort)
