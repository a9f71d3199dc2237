"""An organisation where roles are given."""

import pytest
from flask import Flask

from tests.support.factories import une_entite


@pytest.fixture
def marose(contexte: Flask) -> int:
    return une_entite().id
