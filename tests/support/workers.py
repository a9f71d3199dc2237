"""Real workers of the real queue, for tests that kill them.

They are forked from a clean process that has imported everything and used nothing: neither the store's
threads nor the database's connections survive a fork, and a fresh interpreter would cost seconds each time.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from flask import Flask

from certif import create_app, rythmes, taches
from certif.config import Config
from certif.domaine.certificats.production import dossier
from certif.ouvrier import fonctions_de
from certif.socle import file, ouvriers
from certif.socle import rupture as rupture_
from certif.socle.base.extensions import db
from certif.socle.file import Voie
from certif.socle.ouvriers import Ouvrier
from tests.support.production import baux_echus, documents_factices

_contexte = multiprocessing.get_context("forkserver")
_contexte.set_forkserver_preload(["certif.application", "certif.taches", "rq", "tests.support.workers"])


@contextmanager
def un_ouvrier(
    config: Config,
    rupture: str = "",
    *,
    sans_fin: bool = False,
    detache: bool = False,
    vrais_documents: bool = False,
) -> Iterator[BaseProcess]:
    """A worker at work, that breaks where `rupture` says; gone when the block ends.

    It empties both queues, one after the other, then stops (those of the application never do). `sans_fin`,
    it goes on and makes certificates only. What it forks dies with it, unless `detache`: as on a system that
    offers no such tie. Its dossiers hold stand-ins, unless `vrais_documents`.
    """
    with un_processus(config, rupture, _travailler, sans_fin, detache, vrais_documents) as ouvrier:
        yield ouvrier


@contextmanager
def un_processus(
    config: Config, rupture: str, agir: Callable[..., object], *arguments: object
) -> Iterator[BaseProcess]:
    """Another process on the same data that does `agir(app, *arguments)`, and breaks where `rupture` says."""
    db.session.rollback()
    rompu(config).unlink(missing_ok=True)
    environ = {"CERTIF_DONNEES": str(config.donnees), "REDIS_URL": config.redis_url or ""}
    environ |= {"DATABASE_URL": config.base, rupture_.VARIABLE: rupture}
    processus = _contexte.Process(target=_executer, args=(environ, agir, arguments))
    processus.start()
    try:
        yield processus
    finally:
        if processus.is_alive():
            processus.kill()
        processus.join(timeout=20)


def rompu(config: Config) -> Path:
    """The file that says, once it is there, that the last process has come to where it breaks."""
    return config.donnees / "rompu"


def vider_la_file(config: Config, rupture: str = "", *, vrais_documents: bool = False) -> None:
    """Let a worker do all that waits."""
    with un_ouvrier(config, rupture, vrais_documents=vrais_documents) as ouvrier:
        ouvrier.join(timeout=60)
        assert not ouvrier.is_alive(), "the worker hangs"


def guerir(config: Config) -> None:
    """What happens by itself after a fault: leases lapse, the reconciler passes, a worker works."""
    for _ in range(5):
        baux_echus()
        rythmes.reconcilier()
        if not any(file.queue(voie).get_job_ids() for voie in Voie):
            return
        vider_la_file(config)


def enfants_de(pid: int) -> list[int]:
    """What a process has forked and still runs (Linux)."""
    return [int(enfant) for enfant in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def vivant(pid: int) -> bool:
    """Whether a process still runs, even if nobody has buried it (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _executer(environ: dict[str, str], agir: Callable[..., object], arguments: tuple[object, ...]) -> None:
    os.setsid()
    os.environ.update(environ)
    config = Config.lire(os.environ)
    rompre = rupture_._rompre

    def noter_et_rompre(nom: str, effet: str) -> None:
        rompu(config).touch()
        rompre(nom, effet)

    rupture_._rompre = noter_et_rompre
    agir(create_app(config), *arguments)


def _travailler(app: Flask, sans_fin: bool, detache: bool, vrais_documents: bool) -> None:
    if detache:
        ouvriers.mourir_avec_le_parent = lambda *_: None  # type: ignore[attr-defined]
    if not vrais_documents:
        dossier.fabriquer = documents_factices  # type: ignore[attr-defined]
    for voie in Voie:
        # As those of the application: what a click waits for is done by a child that waits for it.
        preparer = _rien if voie is Voie.CERTIFICATS else None
        Ouvrier(voie, fonctions_de(taches), app.app_context, preparer).work(
            burst=not sans_fin, logging_level="CRITICAL"
        )


def _rien() -> None:
    pass
