"""N° Forprev of new persons."""

import re
import secrets

import pytest

from certif.domaine.personnes.numeros_forprev import attribuer, lettres_du_nom
from tests.support.factories import une_personne


@pytest.mark.parametrize(
    ("nom", "lettres"),
    [
        ("Rivière", "RIV"),
        ("Lô", "LOX"),
        ("D’Almeida", "DAL"),
        ("Жанна", "XXX"),
        ("Łukasik", "LUK"),
        ("O", "OXX"),
    ],
)
def test_three_letters_of_the_name(nom: str, lettres: str) -> None:
    assert lettres_du_nom(nom) == lettres


@pytest.mark.usefixtures("contexte")
def test_a_number_that_somebody_has_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    une_personne(numero="RIV00001", fusionne_dans_id=None)
    tirages = iter([1, 1, 42])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(tirages))
    assert attribuer("Rivière") == "RIV00042"
    monkeypatch.undo()
    assert re.fullmatch(r"RIV[0-9]{5}", attribuer("Rivière"))
