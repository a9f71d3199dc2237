"""A formateur at work: their browser, and a session of three trainees that waits for them."""

import pytest

from certif.domaine.sessions.etats import Etat
from tests.support.factories import un_stagiaire
from tests.web.distribution import Navigateur
from tests.web.formateur.page import Onglet
from tests.web.scene import Scene

TROIS = (("Ferrand", "Régine"), ("Faÿ", "Myriam"), ("D’Almeida", "João"))


@pytest.fixture
def numero(scene: Scene) -> int:
    """Submitted to the formateur, nothing answered yet."""
    stagiaires = [un_stagiaire(*nom) for nom in TROIS]
    return scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=stagiaires)


@pytest.fixture
def onglet(scene: Scene, formateur: Navigateur, numero: int) -> Onglet:
    """The tab "Stagiaires" of that session, opened in that browser."""
    return Onglet(scene, formateur, numero)
