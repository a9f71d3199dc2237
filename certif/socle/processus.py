"""Ties between a process and its parent."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def mourir_avec_le_parent(parent: int, signal_recu: signal.Signals) -> None:
    """In a new child: be sent this signal when `parent` dies, however it dies (Linux only)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal_recu), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal_recu)
