"""Who looks at demandes besides their gestionnaire."""

import pytest

from tests.web.distribution import Navigateur
from tests.web.scene import Scene


@pytest.fixture
def administrateur(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.administrateur)
