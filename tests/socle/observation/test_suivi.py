"""A request and the jobs that it asks for have one mark in the log; a client gives none."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from structlog.contextvars import clear_contextvars

from certif.socle.file import enfiler
from certif.socle.observation import suivi
from tests.socle.test_file import Lanceur
from tests.support.servers import ServeurValkey

pytest_plugins = ["tests.socle.test_file"]
MARQUE = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _sans_marque() -> Iterable[None]:
    clear_contextvars()
    yield
    clear_contextvars()


def test_each_request_has_its_own_whatever_its_client_says() -> None:
    vues = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        vues.append(suivi.marque())
        return []

    for _ in range(2):
        suivi.Suivi(app)({"HTTP_X_REQUEST_ID": MARQUE}, print)
    assert len(set(vues)) == 2 and MARQUE not in vues
    assert all(re.fullmatch("[0-9a-f]{16}", vue) for vue in vues)


@pytest.mark.parametrize("recue", [None, "", "DUPONT", MARQUE.upper(), f"{MARQUE}\n", 12, ["a"]])
def test_only_a_mark_of_ours_is_taken_up(recue: object) -> None:
    suivi.commencer(recue)
    assert re.fullmatch("[0-9a-f]{16}", suivi.marque()) and suivi.marque() != recue


@pytest.mark.lent
def test_a_job_has_the_mark_of_who_asked_for_it(valkey: ServeurValkey, ouvrier: Lanceur) -> None:
    suivi.commencer(MARQUE)
    enfiler("noter", 7)
    enfiler("echouer", 8)
    _, journal = ouvrier("burst").communicate(timeout=30)
    lignes = [json.loads(ligne) for ligne in journal.splitlines() if ligne.startswith("{")]
    assert {(ligne["tache"], ligne["suivi"]) for ligne in lignes if "tache" in ligne} == {
        ("noter-7", MARQUE),
        ("echouer-8", MARQUE),
    }
    assert [ligne["reussie"] for ligne in lignes if ligne["event"] == "tache"] == [True, False]
