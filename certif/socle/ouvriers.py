"""Workers: RQ's, which listen on one queue, run our functions only and leave no personal data behind."""

import os
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from signal import SIGKILL
from typing import Any

import structlog
from redis.client import Pipeline
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.exceptions import InvalidJobOperation
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker_registration import register

from certif.socle.file import VIE_OUVRIER_S, Voie, connexion_ouvrier, queue
from certif.socle.observation import mesures, suivi
from certif.socle.processus import mourir_avec_le_parent
from certif.socle.reserve import Reserve
from certif.socle.rupture import point_de_rupture
from certif.socle.tache import Tache

SURVEILLANCE_S = 5
ENTRETIEN_S = 15

Contexte = Callable[[], AbstractContextManager[Any]]
_journal = structlog.get_logger(__name__)


class Ouvrier(Worker):
    """A worker of one queue that runs our functions only, and leaves no personal data behind."""

    def __init__(
        self,
        voie: Voie,
        autorisees: Collection[str],
        contexte: Contexte = nullcontext,
        preparer: Callable[[], None] | None = None,
    ) -> None:
        """`contexte` surrounds every job (an application context).

        With `preparer`, a child that has called it waits for each job; without, a child is made for each.
        """
        client = connexion_ouvrier()
        Tache.autorisees = frozenset(autorisees)
        self._contexte, self._preparer, self._reserve = contexte, preparer, Reserve()
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

    def bootstrap(self, *args: Any, **kwargs: Any) -> None:
        """Begin to listen, with a child that waits."""
        super().bootstrap(*args, **kwargs)
        self._lever_la_reserve()

    def teardown(self) -> None:
        """Stop: no child waits any more."""
        self._reserve.congedier()
        super().teardown()  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run a job that has just been taken out of the queue."""
        point_de_rupture("tache_retiree")
        debut = time.monotonic()
        super().execute_job(job, queue)
        mesures.noter_tache(job.id.split("-")[0], _a_reussi(job), time.monotonic() - debut)
        self._lever_la_reserve()

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Give the job to the child that waits for it; to a new one, if there is none."""
        assert self.execution is not None, "a job is prepared before it is given"
        pid = self._reserve.confier(f"{job.id} {self.execution.id}")
        if pid is None:
            super().fork_work_horse(job, queue)
        else:
            self._horse_pid = pid

    def _lever_la_reserve(self) -> None:
        if self._preparer is not None:
            self._reserve.lever(self._attendre_une_tache)

    def _attendre_une_tache(self, attendre: Callable[[], str]) -> None:
        """In the child that waits: it does not outlive its worker either."""
        os.setpgrp()
        self.setup_work_horse_signals()  # type: ignore[no-untyped-call]
        mourir_avec_le_parent(self.pid or 0, SIGKILL)
        assert self._preparer is not None
        with self._contexte():
            self._preparer()
        if recu := attendre():
            tache, execution = recu.split()
            job = Tache.fetch(tache, connection=self.connection, serializer=self.serializer)
            self.execution = Execution.fetch(execution, tache, connection=self.connection)
            self.main_work_horse(job, self.queues[0])

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
