"""The job queues: RQ with JSON, identifiers only, and only the functions that we name.

Rows are the outbox: a queue holds nothing that the database does not, and may be emptied at any time. What
somebody waits for behind a click has a queue, and a worker, of its own; a worker listens on one queue only,
where a job that it lost between taking and starting it is found again.
"""

import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from signal import SIGKILL
from typing import Any, ClassVar

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import RedisError
from redis.retry import Retry as Reprise
from rq import Queue, Retry, Worker
from rq.exceptions import InvalidJobOperation
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import as_text, utcparse
from rq.worker_registration import get_keys, register

from certif.socle.observation import mesures, suivi
from certif.socle.processus import mourir_avec_le_parent
from certif.socle.rupture import point_de_rupture

MODULE = "certif.taches"
DUREE_MAX_S = 300
REPRISES_S = (5, 30)
CONSERVATION_ECHEC_S = 24 * 3600

VIE_OUVRIER_S = 30
SURVEILLANCE_S = 5
ENTRETIEN_S = 15
SILENCE_MAX = timedelta(seconds=VIE_OUVRIER_S + 10)
"""A worker sends a heartbeat at least every 15 s; past this silence it counts as dead."""

Contexte = Callable[[], AbstractContextManager[Any]]
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


class TacheRefusee(Exception):
    """A job asks for something else than one of our functions with identifiers."""


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


def _a_reussi(tache: Job) -> bool:
    """Whether it ended well: it is then forgotten at once; one that failed or is tried again is not."""
    try:
        return tache.get_status() is None
    except InvalidJobOperation:
        return True
    except (RedisError, OSError):
        return False


def _radical_de(tache: Job) -> str:
    return tache.id.rpartition("-")[0]


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


class Tache(Job):
    """A job that can only be what `enfiler` makes: nothing written in Redis by others is run."""

    autorisees: ClassVar[Collection[str]] = frozenset()
    """Names of the functions that this process accepts to run; none unless it is a worker."""

    def restore(self, raw_data: Any) -> Any:
        """Read the job, without the functions and addresses that somebody may have hung on it."""
        super().restore(raw_data)
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []

    def perform(self) -> Any:
        """Run the job, or raise TacheRefusee when it is not one of ours."""
        module, _, nom = (self.func_name or "").rpartition(".")
        if module != MODULE or nom not in self.autorisees or self.instance is not None or self.kwargs:
            raise TacheRefusee
        if any(type(argument) is not int for argument in self.args):
            raise TacheRefusee
        return super().perform()


class Ouvrier(Worker):
    """A worker of one queue that runs our functions only, and leaves no personal data behind."""

    def __init__(self, voie: Voie, autorisees: Collection[str], contexte: Contexte = nullcontext) -> None:
        """`contexte` surrounds every job (an application context)."""
        client = connexion_ouvrier()
        Tache.autorisees = frozenset(autorisees)
        self._contexte = contexte
        super().__init__(
            [queue(voie, client)],
            connection=client,
            serializer=JSONSerializer,
            job_class=Tache,
            worker_ttl=VIE_OUVRIER_S,
            job_monitoring_interval=SURVEILLANCE_S,
            maintenance_interval=ENTRETIEN_S,
            default_result_ttl=0,
            log_job_description=False,
        )

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Give a sign of life, even to a queue that has forgotten it: emptied, or out of reach for long."""
        (self.connection if pipeline is None else pipeline).hset(self.key, mapping=self.serialize())
        register(self, pipeline)
        super().heartbeat(timeout, pipeline)

    def unsubscribe(self) -> None:
        """Leave the channel, unless its connection is lost: the thread that reads may be opening it again."""
        perdue = self.pubsub_thread and not self.pubsub.connection.is_connected
        (self.pubsub_thread.stop if perdue else super().unsubscribe)()  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run a job that has just been taken out of the queue."""
        point_de_rupture("tache_retiree")
        debut = time.monotonic()
        super().execute_job(job, queue)
        mesures.noter_tache(job.id.split("-")[0], _a_reussi(job), time.monotonic() - debut)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """In the forked child: it does not outlive its worker."""
        mourir_avec_le_parent(self.pid or 0, SIGKILL)
        super().main_work_horse(job, queue)

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """Run the job; the log says how long it took, under the mark of the request that asked for it."""
        suivi.commencer(job.meta.get(suivi.CLE))
        debut = time.monotonic()
        with self._contexte():
            reussie = super().perform_job(job, queue, execution)
        ms = round((time.monotonic() - debut) * 1000)
        _journal.info("tache", tache=_radical_de(job), reussie=reussie, ms=ms)
        return reussie

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Log the failure: the job's identifiers and where it failed."""
        _journal.error("tache en échec", tache=_radical_de(job), exc_info=exc_info)

    def handle_job_failure(self, *args: Any, **kwargs: Any) -> None:
        """Keep the message of an exception out of Redis: it may quote what was typed."""
        kwargs["exc_string"] = ""
        super().handle_job_failure(*args, **kwargs)
