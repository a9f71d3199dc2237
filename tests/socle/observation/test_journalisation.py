"""Nothing personal reaches the log."""

import json
import logging
import time
from collections.abc import Iterator

import pytest
import structlog

from certif.socle.observation import journalisation


@pytest.fixture
def lignes(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    journalisation.regler(json=True)
    yield capsys
    structlog.reset_defaults()
    for sortie in [h for h in logging.getLogger().handlers if isinstance(h, journalisation._Sortie)]:
        logging.getLogger().removeHandler(sortie)


def derniere(lignes: pytest.CaptureFixture[str]) -> dict[str, object]:
    return dict(json.loads(lignes.readouterr().err.splitlines()[-1]))


@pytest.mark.parametrize(
    "champ",
    [
        "nom",
        "prenom",
        "nom_formateur",
        "date_naissance",
        "email",
        "E-mail",
        "formulaire",
        "commentaire",
        "jeton",
    ],
)
def test_personal_fields_are_dropped(lignes: pytest.CaptureFixture[str], champ: str) -> None:
    structlog.get_logger().warning("essai", **{champ: "DUPONT", "session": 12, "nombre": 3})
    ligne = derniere(lignes)
    assert champ not in ligne
    assert (ligne["event"], ligne["session"], ligne["nombre"]) == ("essai", 12, 3)


def test_addresses_queries_and_objects_are_masked(lignes: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger("certif.essai").info(
        "à marie.dupont@example.fr, GET /recherche?q=DUPONT", detail={"nom": "DUPONT", "x": b"DUPONT"}
    )
    ligne = derniere(lignes)
    assert "dupont" not in json.dumps(ligne).casefold()
    assert ligne["event"] == "à [retiré], GET /recherche?[retiré]"
    assert ligne["detail"] == {"x": "<bytes>"}


def test_exceptions_keep_their_place_not_their_message(lignes: pytest.CaptureFixture[str]) -> None:
    try:
        try:
            int("DUPONT")
        except ValueError as erreur:
            raise RuntimeError("DUPONT") from erreur
    except RuntimeError:
        structlog.get_logger().exception("raté")
        logging.getLogger("bibliotheque").exception("raté pour %s", "marie@example.fr")
    for ligne in map(json.loads, lignes.readouterr().err.splitlines()):
        assert "RuntimeError" in ligne["exception"]
        assert "ValueError" in ligne["exception"]
        assert "test_journalisation.py" in ligne["exception"]
        assert "DUPONT" not in str(ligne)
        assert "marie" not in str(ligne)


def test_failures_of_the_machine_say_why(lignes: pytest.CaptureFixture[str]) -> None:
    try:
        raise ConnectionRefusedError(111, "Connection refused")
    except OSError:
        structlog.get_logger().exception("raté")
    assert "Connection refused" in str(derniere(lignes)["exception"])


def test_a_long_text_from_anybody_costs_nothing(lignes: pytest.CaptureFixture[str]) -> None:
    debut = time.process_time()
    for morceau in ("/", "a", "?", "@", "a/", "a?"):
        structlog.get_logger("acces").info("acces", chemin="/" + morceau * 50_000)
    assert time.process_time() - debut < 1
    assert max(map(len, lignes.readouterr().err.splitlines())) < 1_000


@pytest.mark.parametrize("json_", [True, False])
def test_an_address_cannot_write_a_line_of_its_own(lignes: pytest.CaptureFixture[str], json_: bool) -> None:
    journalisation.regler(json=json_)
    structlog.get_logger("acces").info("acces", chemin='/a\r\n{"event": "faux"}\x1b[2J\u2028')
    ecrit = lignes.readouterr().err
    assert len(ecrit.splitlines()) == 1
    assert "\x1b" not in ecrit
