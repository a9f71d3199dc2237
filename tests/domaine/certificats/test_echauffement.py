"""What a worker reads before it forks is what its jobs read: they compile no wide statement again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.production.echauffement import echauffer
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.factories import un_organisme, une_session
from tests.support.moves import etat
from tests.support.writes import ecritures

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@contextmanager
def compilees() -> Iterator[list[str]]:
    """The statements that were compiled meanwhile."""
    dites: list[str] = []

    def noter(*arguments: Any) -> None:
        _, _, requete, _, contexte, _ = arguments
        if contexte.cache_hit is CacheStats.CACHE_MISS:
            dites.append(requete)

    event.listen(db.engine, "after_cursor_execute", noter)
    yield dites
    event.remove(db.engine, "after_cursor_execute", noter)


def test_no_job_compiles_again_what_takes_long() -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    db.session.remove()
    db.engine.clear_compiled_cache()
    echauffer()
    with compilees() as dites:
        produire(numero)
    assert etat(numero) is Etat.GENERE
    lues = [requete.partition("FROM")[0] for requete in dites if requete.startswith("SELECT")]
    assert [colonnes for colonnes in lues if "," in colonnes] == []


def test_it_writes_nothing() -> None:
    with ecritures() as vues:
        echauffer()
    assert vues.transactions == []
    assert vues.lectures
