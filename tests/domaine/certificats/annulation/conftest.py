"""A session whose certificates and zip are there."""

import pytest

from certif.domaine.sessions.etats import Etat
from tests.support.factories import Organisme, une_session


@pytest.fixture
def numero(organisme: Organisme) -> int:
    """Three certificates, one échec; declared by the délégataire."""
    return une_session(
        organisme,
        Etat.GENERE,
        reussites=3,
        echecs=1,
        declarant=organisme.delegataire,
        reference_interne="Convention 118",
    )
