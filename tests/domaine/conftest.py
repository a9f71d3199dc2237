"""An organisation, and the cast."""

import pytest
from flask import Flask

from tests.support.factories import Organisme, un_organisme
from tests.support.moves import Troupe, reunir


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


@pytest.fixture
def troupe(contexte: Flask) -> Troupe:
    return reunir()
