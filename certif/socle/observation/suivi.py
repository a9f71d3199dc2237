"""One mark for all that a request causes: each line of the log has it, down to the jobs that it asked for."""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

CLE = "suivi"
_FORME = re.compile(r"[0-9a-f]{16}")


def commencer(marque: object = None) -> None:
    """Mark what this thread logs from now on: with a new mark, unless one of ours is given."""
    clear_contextvars()
    recue = isinstance(marque, str) and _FORME.fullmatch(marque)
    bind_contextvars(**{CLE: marque if recue else secrets.token_hex(8)})


def marque() -> str:
    """The mark of what is at work here; "" outside of everything."""
    return str(get_contextvars().get(CLE, ""))


class Suivi:
    """A WSGI application whose requests are marked, each with its own: the client has no say in it."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # Not taken away at the end: the line of the access log comes after it.
        commencer()
        return self._app(environ, start_response)
