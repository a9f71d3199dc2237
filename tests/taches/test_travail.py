"""A real worker of the real queue makes all that was asked for."""

import pytest

from certif.config import Config
from certif.domaine.sessions.etats import Etat
from tests.support import invariants
from tests.support.factories import un_organisme, une_session
from tests.support.moves import etat
from tests.support.servers import ServeurValkey
from tests.support.workers import vider_la_file


@pytest.mark.lent
@pytest.mark.usefixtures("contexte")
def test_un_ouvrier_fait_tout(config: Config, valkey: ServeurValkey) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3, echecs=1)
    assert etat(numero) is Etat.GENERATION
    vider_la_file(config, vrais_documents=True)
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config, dossiers=True)
