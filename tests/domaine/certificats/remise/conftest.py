"""A generated session with its codes."""

import pytest

from tests.domaine.certificats.remise.remises import session_avec_codes
from tests.support.factories import Organisme


@pytest.fixture
def numero(rendu_rapide: None, organisme: Organisme) -> int:
    return session_avec_codes(organisme)
