"""What the database knows of its tables follows their rows, as production has it."""

import pytest
from sqlalchemy import text

from certif import rythmes
from certif.domaine.journal import consigner
from certif.socle.base import statistiques
from certif.socle.base.extensions import db
from certif.socle.base.statistiques import etudier
from certif.socle.base.transaction import transaction
from tests.support.factories import une_entite

CONNUES = {
    "sqlite": "SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_entite_raison_sociale'",
    "postgresql": "SELECT CAST(reltuples AS integer) FROM pg_class WHERE relname = 'entite'",
}


@pytest.mark.usefixtures("contexte")
def test_rows_are_known_once_they_were_looked_at(chaque_base: str) -> None:
    for rang in range(30):
        une_entite(f"ORGANISME {rang}")
    etudier()
    lues = str(db.session.scalar(text(CONNUES[chaque_base])))
    assert lues.split(maxsplit=1)[0] == "30"


@pytest.mark.usefixtures("contexte")
def test_sqlite_looks_again_once_a_table_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistiques, "PEU", 20)
    connue = text("SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_journal_quand'")
    noter(20)
    rythmes.etudier_les_tables()
    assert db.session.scalar(connue) is None
    noter(1)
    rythmes.etudier_les_tables()
    assert str(db.session.scalar(connue)).split()[0] == "21"


@pytest.mark.usefixtures("contexte")
def test_sqlite_looks_at_tables_that_it_never_looked_at() -> None:
    """As those of a backup that was restored."""
    with transaction():
        db.session.execute(text("DROP TABLE IF EXISTS sqlite_stat1"))
    noter(1)
    rythmes.etudier_les_tables()
    assert db.session.scalar(text("SELECT count(*) FROM sqlite_stat1"))


def noter(lignes: int) -> None:
    with transaction():
        for numero in range(lignes):
            consigner("", "essai", "session", numero)
