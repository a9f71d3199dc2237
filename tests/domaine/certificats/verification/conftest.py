"""A certificate that was delivered, and its organisation."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from certif.domaine.certificats import identite
from certif.socle.extensions import db
from tests.domaine.certificats.verification.certificats import Regler, registre, session_de
from tests.fabriques import Organisme, un_organisme


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


@pytest.fixture
def numero(organisme: Organisme, horloge_a: Regler) -> str:
    """The number of Marie's certificate."""
    horloge_a("2026-06-11T09:00:00+02:00")
    return registre(session_de(organisme))[0].numero


@pytest.fixture
def travail(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is computed and asked of the database, in order."""
    fait: list[str] = []
    vraie = identite.empreintes_possibles

    def compter(*arguments: object) -> object:
        fait.append("empreintes")
        return vraie(*arguments)  # type: ignore[arg-type]

    def noter(_c: object, _k: object, ordre: str, *_reste: object) -> None:
        fait.append(ordre)

    monkeypatch.setattr(identite, "empreintes_possibles", compter)
    event.listen(db.engine, "before_cursor_execute", noter)
    yield fait
    event.remove(db.engine, "before_cursor_execute", noter)
