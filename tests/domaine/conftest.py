"""An organisation, and the cast."""

import pytest
from flask import Flask

from tests.support.factories import Organisme, un_organisme
from tests.support.kept_database import Garde
from tests.support.moves import Troupe, reunir


@pytest.fixture(scope="session")
def _organisme_garde(tmp_path_factory: pytest.TempPathFactory) -> Garde[Organisme]:
    return Garde(tmp_path_factory.mktemp("organisme") / "copie.db", un_organisme)


@pytest.fixture(scope="session")
def _troupe_gardee(tmp_path_factory: pytest.TempPathFactory) -> Garde[Troupe]:
    return Garde(tmp_path_factory.mktemp("troupe") / "copie.db", reunir)


@pytest.fixture
def organisme(contexte: Flask, _organisme_garde: Garde[Organisme]) -> Organisme:
    return _organisme_garde.amener()


@pytest.fixture
def troupe(contexte: Flask, _troupe_gardee: Garde[Troupe]) -> Troupe:
    return _troupe_gardee.amener()
