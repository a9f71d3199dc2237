"""What the processes of this machine count for whoever watches it, for Prometheus; nothing unless asked.

Each process counts in a file of its own, all of them in one folder: the site adds them up when it is asked.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import Histogram

_DOSSIER = "PROMETHEUS_MULTIPROC_DIR"
"""The library knows the folder by this variable, and reads it when it is loaded: it is loaded last."""


@dataclass(frozen=True)
class Jauge:
    """Something that is looked at when it is asked for.

    `valeurs`: by the value of its label; of one that has none, under any name.
    """

    nom: str
    aide: str
    valeurs: Mapping[str, float]
    etiquette: str = ""
    total: bool = False
    """It only ever grows."""


@dataclass
class _Instruments:
    dossier: Path
    requetes: "Histogram"
    taches: "Histogram"


_instruments: _Instruments | None = None


def regler(dossier: Path | None) -> None:
    """Count into this folder from now on, or not at all."""
    global _instruments
    if dossier is None:
        _instruments = None
    elif _instruments is None or _instruments.dossier != dossier:
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        _instruments = _preparer(dossier)


def oublier_les_morts(dossier: Path) -> None:
    """Remove what processes that are gone have counted: whoever watches knows that counts begin again."""
    for fichier in dossier.glob("*_*.db"):
        pid = fichier.stem.rpartition("_")[2]
        if not (pid.isdigit() and Path(f"/proc/{pid}").exists()):
            fichier.unlink(missing_ok=True)


def noter_requete(methode: str, route: str, statut: int, secondes: float) -> None:
    """A request that was answered; `route`: which page it was for, never its address."""
    if _instruments is not None:
        _instruments.requetes.labels(methode, route, str(statut)).observe(secondes)


def noter_tache(tache: str, reussie: bool, secondes: float) -> None:
    """A job or a periodic task that ended."""
    if _instruments is not None:
        _instruments.taches.labels(tache, "oui" if reussie else "non").observe(secondes)


def exposer(jauges: Iterable[Jauge]) -> tuple[bytes, str]:
    """What all processes have counted, and these, as text; and its type.

    Raises:
        RuntimeError: nothing is counted here.
    """
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
    from prometheus_client.multiprocess import MultiProcessCollector
    from prometheus_client.registry import Collector

    class Vues(Collector):
        def collect(self) -> Iterable[Metric]:
            for jauge in jauges:
                famille = CounterMetricFamily if jauge.total else GaugeMetricFamily
                mesure = famille(jauge.nom, jauge.aide, labels=[jauge.etiquette] if jauge.etiquette else None)
                for valeur, nombre in jauge.valeurs.items():
                    mesure.add_metric([valeur] if jauge.etiquette else [], nombre)
                yield mesure

    if _instruments is None:
        raise RuntimeError("nothing is counted here")
    registre = CollectorRegistry()
    MultiProcessCollector(registre, path=str(_instruments.dossier))  # type: ignore[no-untyped-call]
    registre.register(Vues())
    return generate_latest(registre), CONTENT_TYPE_LATEST


def _preparer(dossier: Path) -> _Instruments:
    os.environ[_DOSSIER] = str(dossier)
    from prometheus_client import CollectorRegistry, Histogram

    registre = CollectorRegistry()
    return _Instruments(
        dossier,
        Histogram(
            "certif_requete_secondes",
            "Time that a request took.",
            ["methode", "route", "statut"],
            registry=registre,
        ),
        Histogram(
            "certif_tache_secondes",
            "Time that a job or a periodic task took.",
            ["tache", "reussie"],
            buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
            registry=registre,
        ),
    )
