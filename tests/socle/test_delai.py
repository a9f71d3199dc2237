"""A time limit that nothing on the way can swallow, and that gives an outer alarm back."""

import contextlib
import signal
import threading
import time

import pytest

from certif.socle.delai import DelaiDepasse, delai


def test_interrompt_ce_qui_ne_finit_pas() -> None:
    depart = time.monotonic()
    with pytest.raises(DelaiDepasse), delai(0.05), contextlib.suppress(Exception):
        threading.Event().wait(5)
    assert time.monotonic() - depart < 2


def test_n_interrompt_plus_rien_une_fois_fini() -> None:
    with delai(0.05):
        pass
    time.sleep(0.1)


def test_rend_l_alarme_d_autour() -> None:
    sonnees: list[int] = []
    ancien = signal.signal(signal.SIGALRM, lambda *_: sonnees.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with delai(5):
            time.sleep(0.01)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 0.2
        time.sleep(0.3)
        assert sonnees == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, ancien)


def test_hors_du_fil_principal_pas_de_limite() -> None:
    vus: list[str] = []

    def travailler() -> None:
        with delai(0.001):
            time.sleep(0.05)
        vus.append("fini")

    fil = threading.Thread(target=travailler)
    fil.start()
    fil.join()
    assert vus == ["fini"]
