"""What these tests begin with."""

import pytest

from tests.support.factories import un_certificat
from tests.web.scene import Scene


@pytest.fixture
def catec(scene: Scene) -> int:
    return scene.dans(lambda: un_certificat("CATEC-1 Intervenant", "CATEC").niveau_id)
