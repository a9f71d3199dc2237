"""A certificate that was delivered, and its organisation."""

from collections.abc import Iterator

import pytest

from certif.domaine.certificats.registre import empreintes
from tests.domaine.certificats.verification.certificats import Regler, registre, session_de
from tests.support.factories import Organisme
from tests.support.statements import requetes


@pytest.fixture
def numero(organisme: Organisme, horloge_a: Regler) -> str:
    """The number of Marie's certificate."""
    horloge_a("2026-06-11T09:00:00+02:00")
    return registre(session_de(organisme))[0].numero


@pytest.fixture
def travail(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is computed and asked of the database, in order."""
    vraie = empreintes.empreintes_possibles
    with requetes() as fait:

        def compter(*arguments: object) -> object:
            fait.append("empreintes")
            return vraie(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(empreintes, "empreintes_possibles", compter)
        yield fait
