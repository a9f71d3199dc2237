"""gunicorn's threads, for clients that keep a pace: who sends or reads too slowly is hung up on.

A connection takes a thread once its first byte is there, never before; from then on it owes `DEBIT` bytes a
second, the first `GRACE_S` seconds excepted, both for what it sends and for what it reads.
"""

import errno
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn.http import wsgi
from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import ParseException
from gunicorn.util import close_graceful
from gunicorn.workers.gthread import TConn, ThreadWorker

GRACE_S = 10.0
DEBIT = 10_000
"""Bytes a second: less than the slowest telephone."""

ADIEU_MAX = 16_000_000
"""Bytes of a body that nobody reads, thrown away as they come: more than any form of ours carries. A browser
that is cut before it has sent everything shows a broken connection, not what was answered."""

_ENCORE_S = 0.01
"""What is there is taken, however late."""


class PriseCadencee(socket.socket):
    """A client's socket that raises ConnectionResetError when the client falls behind its pace."""

    def __init__(self, prise: socket.socket) -> None:
        super().__init__(fileno=prise.detach())
        self.recommencer()

    def recommencer(self) -> None:
        """A new request begins: its pace is counted from now on."""
        self._recus = self._envoyes = 0
        self._recoit_depuis: float | None = None
        self._envoie_depuis: float | None = None

    def recv(self, taille: int, options: int = 0) -> bytes:
        if self._recoit_depuis is None:
            self._recoit_depuis = time.monotonic()
        self._patienter(self._recoit_depuis, self._recus)
        try:
            octets = super().recv(taille, options)
        except TimeoutError as erreur:
            raise _trop_lent() from erreur
        self._recus += len(octets)
        return octets

    def sendall(self, octets: Any, options: int = 0) -> None:
        if self._envoie_depuis is None:
            self._envoie_depuis = time.monotonic()
        reste = memoryview(octets).cast("B")
        while reste:
            self._patienter(self._envoie_depuis, self._envoyes)
            try:
                envoyes = self.send(reste, options)
            except TimeoutError as erreur:
                raise _trop_lent() from erreur
            self._envoyes += envoyes
            reste = reste[envoyes:]

    def setblocking(self, bloquante: bool) -> None:
        """As any socket's; nothing on one that its thread has closed."""
        if self.fileno() >= 0:
            super().setblocking(bloquante)

    def _patienter(self, depuis: float, octets: int) -> None:
        limite = depuis + GRACE_S + octets / DEBIT
        self.settimeout(max(_ENCORE_S, limite - time.monotonic()))


class Guichet(ThreadWorker):
    """The class of the web server's processes."""

    def accept(self, listener: socket.socket) -> None:
        """Let a new client wait beside the others until it says something."""
        try:
            prise, adresse = listener.accept()
        except OSError as erreur:
            if erreur.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, PriseCadencee(prise), adresse, listener.getsockname())
        conn.timeout = time.monotonic() + GRACE_S
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _cap_keepalive(self, deadline: float) -> None:
        """When the process stops, who has said nothing yet is let go with who has nothing to add."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def handle(self, conn: TConn) -> object:
        """Serve one request; a connection that ends does so here: its good-bye may take two seconds."""
        conn.sock.recommencer()
        suite = super().handle(conn)
        if not suite:
            close_graceful(socket.socket(fileno=conn.sock.detach()), max_drain=ADIEU_MAX)
        return suite

    def handle_request(self, req: Any, conn: TConn) -> object:
        """Answer one request; a body in pieces that are none is as if its client had left."""
        if isinstance(req.body.reader, ChunkedReader):
            req.body.reader = _Morceaux(req.body.reader)
        return super().handle_request(req, conn)


class _Morceaux:
    """A body that comes in pieces: where one is malformed, it ends as it does when a client leaves."""

    def __init__(self, lecteur: ChunkedReader) -> None:
        self._lecteur = lecteur

    def read(self, taille: int) -> bytes:
        try:
            return bytes(self._lecteur.read(taille))
        except ParseException as erreur:
            raise ConnectionResetError(errno.ECONNRESET, "no body in pieces") from erreur


class Reponse(wsgi.Response):
    """An answer that does not say by which program, of which version, it was written."""

    def default_headers(self) -> list[str]:
        return [ligne for ligne in super().default_headers() if not ligne.startswith("Server:")]


# gunicorn takes no other class for its answers.
wsgi.Response = Reponse


def _trop_lent() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "the client is too slow")
