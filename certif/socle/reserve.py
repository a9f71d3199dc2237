"""A child forked ahead of its work, that makes itself ready, then waits to be told what to do.

A fork knows what its parent knew, but every page of memory that it touches for the first time is copied: for
a group of fifteen that took as long as the certificates. Whoever waits here has touched them already.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, SIGKILL, SIGTERM, pthread_sigmask

_ORDRE_MAX = 4096
"""Octets; a pipe gives as many at once, or none."""
_ARRETS = {SIGINT, SIGTERM}


class Reserve:
    """At most one child, which does one thing and ends."""

    def __init__(self) -> None:
        self._pid: int | None = None
        self._vers = -1

    def lever(self, agir: Callable[[Callable[[], str]], None]) -> None:
        """Fork a child that calls `agir(attendre)`, unless one waits; `attendre()` gives what it is told.

        It gives "" once nobody is left to tell anything. Where there is no room for a process, nobody waits.
        """
        if self._pid is not None:
            return
        # What a handler raises within a fork is lost: whoever is told to stop hears it afterwards.
        masque = pthread_sigmask(SIG_BLOCK, _ARRETS)
        try:
            self._forker(agir, masque)
        finally:
            pthread_sigmask(SIG_SETMASK, masque)

    def _forker(self, agir: Callable[[Callable[[], str]], None], masque: set[int]) -> None:
        lecture, ecriture = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:  # no room for another process: nobody waits
            os.close(lecture)
            os.close(ecriture)
            return
        if self._pid == 0:
            try:
                pthread_sigmask(SIG_SETMASK, masque)
                os.close(ecriture)
                agir(lambda: os.read(lecture, _ORDRE_MAX).decode())
            finally:
                os._exit(1)  # whatever it was, this process is no worker
        os.close(lecture)
        self._vers = ecriture

    def confier(self, ordre: str) -> int | None:
        """The process that was told; None where there is none, or it has died: nobody will do it then."""
        if self._pid is None:
            return None
        try:
            os.write(self._vers, ordre.encode())
        except BrokenPipeError:
            self.congedier()
            return None
        pid, self._pid = self._pid, None
        os.close(self._vers)
        return pid

    def congedier(self) -> None:
        """Have it end at once, wherever it is: it has done nothing yet."""
        if self._pid is None:
            return
        os.close(self._vers)
        with suppress(ProcessLookupError):
            os.kill(self._pid, SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._pid = None
