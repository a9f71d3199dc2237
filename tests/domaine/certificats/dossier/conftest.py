"""A session just generated, whose dossier nobody has begun."""

from collections.abc import Callable
from datetime import date

import pytest

from certif.domaine.sessions.etats import Etat
from tests.domaine.certificats.dossier.lecture import G, trois_stagiaires
from tests.support.factories import Organisme, une_session


@pytest.fixture
def numero(organisme: Organisme, horloge_a: Callable[[str], None]) -> int:
    """Two réussites and an échec, generated, whose dossier nobody has begun."""
    horloge_a(G)
    return une_session(organisme, Etat.GENERE, stagiaires=trois_stagiaires(), date_fin=date(2026, 6, 10))
