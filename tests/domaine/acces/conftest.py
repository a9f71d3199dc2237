"""A person who proves who they are, and a time that moves when told."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from certif.domaine.acces import hachage
from certif.domaine.acces.authentification import Ouverture, connecter
from certif.domaine.acces.presence import Provenance
from tests.support.factories import une_personne

SECRET = "un mot de passe d'essai"
EMAIL = "k@guy.example"
ICI = Provenance("192.0.2.1", "le mien")


@pytest.fixture
def heure() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as voyage:
        yield voyage


@pytest.fixture
def moi(contexte: Flask, heure: object, monkeypatch: pytest.MonkeyPatch) -> int:
    """Somebody whose password is SECRET, compared without the cost of a digest."""
    monkeypatch.setattr(hachage, "verifier", lambda hache, saisi: bool(hache) and saisi == SECRET)
    return une_personne("Paris", "Karine", email=EMAIL, mot_de_passe="haché").id


@pytest.fixture
def ouverte(moi: int) -> Ouverture:
    """Their login, by the password alone."""
    ouverture = connecter(EMAIL, SECRET, adresse=ICI.adresse, navigateur=ICI.navigateur)
    assert isinstance(ouverture, Ouverture)
    return ouverture
