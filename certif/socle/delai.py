"""A time limit on a piece of work that nothing else would stop."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class DelaiDepasse(BaseException):
    """The time limit is over. No `except Exception` on the way may swallow it."""


@contextmanager
def delai(secondes: float) -> Iterator[None]:
    """Interrupt the block with DelaiDepasse after so many seconds.

    Signals reach the main thread only: elsewhere there is no limit. An alarm set around this one (a job's own
    time limit) is put back afterwards with the time that it has left.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def sonner(_signal: int, _cadre: FrameType | None) -> None:
        raise DelaiDepasse

    depart = time.monotonic()
    ancien = signal.signal(signal.SIGALRM, sonner)
    restait, _ = signal.setitimer(signal.ITIMER_REAL, secondes)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, ancien)
        if restait:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, restait - (time.monotonic() - depart)))
