"""The administrateur, logged in."""

import pytest

from tests.web.distribution import Navigateur
from tests.web.scene import Scene


@pytest.fixture
def admin(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.administrateur)
