"""The periodic loop goes on whatever one of its functions does."""

import threading

from flask import Flask, current_app

from certif import rythmes
from certif.periodique import INTERVALLES_S, lancer
from tests.support.servers import attendre


def test_a_failure_does_not_stop_the_loop_nor_the_others() -> None:
    app, arret = Flask("essai"), threading.Event()
    vus: list[str] = []

    def bonne() -> None:
        vus.append(current_app.name)

    def mauvaise() -> None:
        vus.append("mauvaise")
        raise RuntimeError

    fils = lancer(app, [(bonne, 0.01), (mauvaise, 0.01)], arret)
    attendre(lambda: vus.count("essai") > 2 and vus.count("mauvaise") > 2)
    arret.set()
    for fil in fils:
        fil.join(timeout=5)
        assert not fil.is_alive()


def test_every_function_of_the_table_exists() -> None:
    for nom in INTERVALLES_S:
        assert callable(getattr(rythmes, nom))
