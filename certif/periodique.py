"""What runs again and again: `python -m certif.periodique`."""

import signal
import threading
import time
from collections.abc import Callable, Iterable

import structlog
from flask import Flask

from certif.socle.observation import mesures, suivi

INTERVALLES_S = {
    "veiller": 10,
    "reconcilier": 10,
    "envoyer_courriers": 10,
    "recapituler": 60,
    "annoncer": 600,
    "purger": 600,
    "entretenir": 3600,
    "surveiller_le_sceau": 3600,
    "etudier_les_tables": 3600,
}
"""Functions of `certif.rythmes`, and the seconds between two runs of each."""

_journal = structlog.get_logger(__name__)


def repeter(app: Flask, fonction: Callable[[], object], intervalle_s: float, arret: threading.Event) -> None:
    """Call the function at once, then after every interval, until `arret`; a failure is only logged."""
    while True:
        suivi.commencer()
        debut, reussie = time.monotonic(), False
        try:
            with app.app_context():
                fonction()
            reussie = True
        except Exception:  # noqa: BLE001 - the loop goes on
            _journal.exception("tache périodique en échec", tache=fonction.__name__)
        mesures.noter_tache(fonction.__name__, reussie, time.monotonic() - debut)
        if arret.wait(intervalle_s):
            return


def lancer(
    app: Flask, fonctions: Iterable[tuple[Callable[[], object], float]], arret: threading.Event
) -> list[threading.Thread]:
    """One thread each: mail that hangs does not hold up the rest."""
    fils = [
        threading.Thread(target=repeter, args=(app, fonction, intervalle, arret), name=fonction.__name__)
        for fonction, intervalle in fonctions
    ]
    for fil in fils:
        fil.daemon = True
        fil.start()
    return fils


def main() -> None:
    """Run until told to stop; what runs then has ten seconds to end."""
    # Here, so that tests of the loop load no application.
    from certif import rythmes
    from certif.ouverture import ouvrir

    arret = threading.Event()
    for recu in (signal.SIGTERM, signal.SIGINT):
        signal.signal(recu, lambda *_: arret.set())
    fonctions = [(getattr(rythmes, nom), intervalle) for nom, intervalle in INTERVALLES_S.items()]
    fils = lancer(ouvrir(), fonctions, arret)
    arret.wait()
    for fil in fils:
        fil.join(timeout=10)


if __name__ == "__main__":
    main()
