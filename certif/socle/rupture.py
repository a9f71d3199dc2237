"""Break points: where tests make a process die, fail, wait or run out of space. Nothing happens otherwise."""

import errno
import os
import signal
import time
from functools import cache

VARIABLE = "CERTIF_RUPTURE"
"""`nom:kill`, `nom:raise`, `nom:sleep=2` or `nom:plein`; refused in production when the settings are read."""


class Rupture(Exception):
    """The failure that a break point was asked for."""


def point_de_rupture(nom: str) -> None:
    """Break here if the environment names this point.

    Raises:
        Rupture: for `raise`.
        OSError: ENOSPC, for `plein`.
        ValueError: the variable asks for something unknown.
    """
    for vise, effet in _ruptures(os.environ.get(VARIABLE, "")):
        if vise == nom:
            _rompre(nom, effet)


@cache
def _ruptures(valeur: str) -> tuple[tuple[str, str], ...]:
    morceaux = (m.strip().partition(":") for m in valeur.split(",") if m.strip())
    return tuple((nom, effet) for nom, _, effet in morceaux)


def _rompre(nom: str, effet: str) -> None:
    if effet == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif effet == "raise":
        raise Rupture(nom)
    elif effet == "plein":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), nom)
    elif effet.startswith("sleep="):
        time.sleep(float(effet.removeprefix("sleep=")))
    else:
        raise ValueError(f"{VARIABLE}: unknown effect for {nom}")
