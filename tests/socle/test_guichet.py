"""A client that sends or reads too slowly is hung up on, and holds nobody else up."""

import re
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

from certif.config import Config
from certif.socle import guichet
from certif.socle.guichet import Guichet, PriseCadencee
from tests.support.stack import un_site

Liaison = tuple[PriseCadencee, socket.socket]


@pytest.fixture
def liaison(monkeypatch: pytest.MonkeyPatch) -> Iterator[Liaison]:
    """Our end and the client's, for clients who owe 10,000 bytes a second after a twentieth of a second."""
    monkeypatch.setattr(guichet, "GRACE_S", 0.05)
    notre, sien = socket.socketpair()
    prise = PriseCadencee(notre)
    with prise, sien:
        yield prise, sien


def test_what_is_there_is_read_however_late(liaison: Liaison) -> None:
    prise, client = liaison
    client.sendall(b"a")
    assert prise.recv(10) == b"a"
    client.sendall(b"b")
    time.sleep(0.06)
    assert prise.recv(10) == b"b"


def test_a_client_that_stops_sending_is_hung_up_on(liaison: Liaison) -> None:
    prise, client = liaison
    client.sendall(b"POST / HTTP/1.1\r\n")
    assert prise.recv(100)
    with pytest.raises(ConnectionResetError):
        prise.recv(100)


def test_drops_that_never_end_do_not_keep_it_open(liaison: Liaison) -> None:
    prise, client = liaison
    fini = threading.Event()

    def goutter() -> None:
        while not fini.wait(0.02):
            client.send(b"x")

    fil = threading.Thread(target=goutter)
    fil.start()
    recus = 0
    with pytest.raises(ConnectionResetError):
        for _ in range(1_000):
            recus += len(prise.recv(100))
    fini.set()
    fil.join()
    assert recus < 100


def test_bytes_sent_in_time_give_time(liaison: Liaison) -> None:
    prise, client = liaison
    client.sendall(b"x" * 10_000)
    assert sum(len(prise.recv(1_000)) for _ in range(10)) == 10_000
    time.sleep(0.1)
    threading.Timer(0.1, client.sendall, [b"suite"]).start()
    assert prise.recv(10) == b"suite"


def test_a_new_request_starts_afresh(liaison: Liaison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guichet, "GRACE_S", 0.5)  # a busy machine is late by a tenth
    prise, client = liaison
    client.sendall(b"a")
    assert prise.recv(1) == b"a"
    time.sleep(0.6)
    prise.recommencer()
    threading.Timer(0.05, client.sendall, [b"b"]).start()
    assert prise.recv(1) == b"b"


def test_a_client_that_does_not_read_is_hung_up_on(liaison: Liaison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guichet, "DEBIT", 100_000_000)
    prise, _ = liaison
    with pytest.raises(ConnectionResetError):
        prise.sendall(b"x" * 10_000_000)


def test_a_client_that_reads_gets_everything(liaison: Liaison) -> None:
    prise, client = liaison
    lus = bytearray()

    def lire() -> None:
        while morceau := client.recv(65_536):
            lus.extend(morceau)

    fil = threading.Thread(target=lire)
    fil.start()
    octets = bytes(range(256)) * 20_000
    prise.sendall(octets)
    prise.shutdown(socket.SHUT_WR)
    fil.join(10)
    assert lus == octets


def test_who_sends_more_than_is_read_may_end_and_hear_the_answer(
    liaison: Liaison, monkeypatch: pytest.MonkeyPatch
) -> None:
    prise, client = liaison
    monkeypatch.setattr(ThreadWorker, "handle", lambda _, conn: conn.sock.sendall(b"trop"))
    fil = threading.Thread(target=Guichet.__new__(Guichet).handle, args=[SimpleNamespace(sock=prise)])
    fil.start()
    client.settimeout(10)
    client.sendall(b"x" * 12_000_000)
    assert client.recv(10) == b"trop"
    client.shutdown(socket.SHUT_WR)
    fil.join(10)


def test_what_never_ends_is_cut(liaison: Liaison, monkeypatch: pytest.MonkeyPatch) -> None:
    prise, client = liaison
    monkeypatch.setattr(ThreadWorker, "handle", lambda *_: None)
    monkeypatch.setattr(guichet, "ADIEU_MAX", 100_000)
    fil = threading.Thread(target=Guichet.__new__(Guichet).handle, args=[SimpleNamespace(sock=prise)])
    fil.start()
    client.settimeout(10)
    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        client.sendall(b"x" * 12_000_000)
    fil.join(10)


def test_a_process_that_stops_waits_for_nobody_who_says_nothing() -> None:
    guichet_ferme = Guichet.__new__(Guichet)
    guichet_ferme.keepalived_conns = deque()
    guichet_ferme.pending_conns = deque([SimpleNamespace(timeout=10.0), SimpleNamespace(timeout=1.0)])
    guichet_ferme._cap_keepalive(2.0)
    assert [conn.timeout for conn in guichet_ferme.pending_conns] == [2.0, 1.0]


CORPS = (
    b"POST /verifier HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99000000\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
)
TETE = b"GET /verifier HTTP/1.1\r\nHos"
SILENCE = b""
CONNEXION = b"GET /connexion HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.mark.lent
def test_slow_clients_of_every_kind_leave_the_site_to_others(config: Config, valkey: object) -> None:
    """Thirty-four who never end a body, as many a request, who say nothing, and who read nothing."""
    with un_site(config) as port, ExitStack() as lents:
        page = demander(port, CONNEXION)
        feuille = re.search(rb'"(/static/[^"]+\.css)"', page)
        assert feuille
        lectures = b"GET %b HTTP/1.1\r\nHost: localhost\r\n\r\n" % feuille[1] * 100  # eleven megabytes
        for debut in (CORPS, TETE, SILENCE, lectures) * 34:
            client = lents.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", port))
            client.sendall(debut)
        page = demander(port, CONNEXION)
        assert client.recv(15) == b"HTTP/1.1 200 OK", "the last of those who read nothing is served"
    assert page.startswith(b"HTTP/1.1 200")
    assert b"\nserver:" not in page.lower(), "what serves is nobody's business"


EN_MORCEAUX = (
    b"POST %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)
MAL_COUPES = (
    b"ZZ\r\nabc\r\n",
    b"-3\r\nabc\r\n",
    b"3\r\nabcXX\r\n",
    b"5\r\nabcde",
    b"5\r\nabcde\r\n0\r\nX: y",
)


@pytest.mark.lent
def test_a_body_in_pieces_that_are_none_is_no_breakdown(config: Config, valkey: object) -> None:
    with un_site(config) as port:
        for adresse in (b"/connexion", b"/verifier", b"/r"):
            for corps in (*MAL_COUPES, b"5\r\nab"):
                with socket.create_connection(("127.0.0.1", port), 10) as client:
                    client.sendall(EN_MORCEAUX % adresse + corps)
                    client.shutdown(socket.SHUT_WR)
                    assert client.makefile("rb").readline().startswith(b"HTTP/1.1 400 "), corps
    assert "erreur" not in (config.donnees / "site.log").read_text()


def demander(port: int, requete: bytes) -> bytes:
    """What the site answers, in half the time that a slow client is given."""
    with socket.create_connection(("127.0.0.1", port), guichet.GRACE_S / 2) as presse:
        presse.sendall(requete)
        return presse.makefile("rb").read()
