"""The platform's first page."""

from datetime import timedelta

import pytest
import time_machine

from certif.domaine.certificats.production import scelleur
from tests.web.scene import Scene


@pytest.mark.parametrize(("reste", "averti"), [(61, False), (59, True)])
def test_the_end_of_the_sealing_key_is_announced(scene: Scene, reste: int, averti: bool) -> None:
    with time_machine.travel(scelleur.cle().fin - timedelta(days=reste)):
        page = scene.navigateur(scene.troupe.administrateur).get("/administration/", follow_redirects=True)
        assert ("La clé qui scelle les certificats prend fin" in page.text) is averti
