"""A job of the queues: one of our functions, called with identifiers; whatever else is there is refused."""

from collections.abc import Collection
from typing import Any, ClassVar

from rq.job import Job

MODULE = "certif.taches"


class TacheRefusee(Exception):
    """A job asks for something else than one of our functions with identifiers."""


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
