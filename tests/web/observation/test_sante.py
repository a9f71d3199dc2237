"""GET /sante: what answers and what does not."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from certif.socle import file, stockage
from certif.socle.observation import sante
from certif.socle.stockage import StockageIndisponible
from tests.support.servers import ServeurValkey

OUVRIERS = ("ouvrier_certificats", "ouvrier_suites")


def test_without_queue_nor_worker(client: FlaskClient) -> None:
    reponse = client.get("/sante")
    assert reponse.status_code == 503
    assert reponse.json == {"base": True, "file": False, **dict.fromkeys(OUVRIERS, False), "stockage": True}


def test_all_well(valkey: ServeurValkey, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "ouvrier_vivant", lambda _: True)
    reponse = client.get("/sante")
    assert (reponse.status_code, reponse.json) == (
        200,
        {"base": True, "file": True, **dict.fromkeys(OUVRIERS, True), "stockage": True},
    )
    assert reponse.headers["Cache-Control"] == "no-store"
    assert valkey.client.ping()


def test_one_worker_of_two_is_not_enough(
    valkey: ServeurValkey, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "ouvrier_vivant", lambda voie: voie is file.Voie.CERTIFICATS)
    reponse = client.get("/sante")
    assert reponse.status_code == 503
    assert reponse.json is not None
    assert [nom for nom, repond in reponse.json.items() if not repond] == ["ouvrier_suites"]
    assert valkey.client.ping()


def test_storage_that_fails_is_asked_again(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sante, "_stockage", sante._Memoire())
    monkeypatch.setattr(stockage, "eprouver", Mock(side_effect=StockageIndisponible))
    assert (client.get("/sante").json or {})["stockage"] is False
    monkeypatch.setattr(stockage, "eprouver", lambda: None)
    for _ in range(2):
        reponse = client.get("/sante").json
        assert reponse is not None
        assert reponse["stockage"]
        monkeypatch.setattr(
            stockage, "eprouver", Mock(side_effect=StockageIndisponible)
        )  # remembered for a while
