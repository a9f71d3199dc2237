"""What is counted of requests: which page, never which address, and no word of the client's."""

import pytest
from flask.testing import FlaskClient

from certif.socle.observation import mesures


@pytest.fixture
def comptees(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int]]:
    vues: list[tuple[str, str, int]] = []
    monkeypatch.setattr(mesures, "noter_requete", lambda *dites: vues.append(dites[:3]))
    return vues


def test_a_page_is_counted_by_its_name(client: FlaskClient, comptees: list[tuple[str, str, int]]) -> None:
    client.get("/v/ABCD-EFGH-JKLM-NPQR")
    client.get("/nulle-part/DUPONT")
    client.post("/connexion", data={})
    assert comptees == [
        ("GET", "verification.certificat", 422),
        ("GET", "aucune", 404),
        ("POST", "compte.se_connecter", 400),
    ]


@pytest.mark.parametrize("methode", ["DUPONT", "PROPFIND"])
def test_words_of_a_client_are_all_counted_as_one(
    client: FlaskClient, comptees: list[tuple[str, str, int]], methode: str
) -> None:
    client.open("/connexion", method=methode)
    ((dite, _, _),) = comptees
    assert dite == "autre"
