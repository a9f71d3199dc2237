"""Deleted rows leave no byte in the data files."""

from pathlib import Path

import pytest
from sqlalchemy import delete, text

from certif.config import Config
from certif.domaine.comptes.modeles import Individu
from certif.socle.extensions import db
from certif.socle.oubli import oublier
from tests.fabriques import une_personne

pytestmark = pytest.mark.usefixtures("contexte")


def lisible(dossier: Path, texte: str) -> bool:
    return any(texte.encode() in f.read_bytes() for f in dossier.iterdir() if f.is_file())


def test_sqlite(config: Config) -> None:
    for rang in range(200):
        une_personne(f"Qwzyxanari{rang}")
    db.session.execute(delete(Individu))
    db.session.commit()
    assert lisible(config.donnees, "Qwzyxanari"), "or this test proves nothing"
    assert oublier(["individu"])
    assert not lisible(config.donnees, "Qwzyxanari")


def test_un_lecteur_attarde_remet_a_plus_tard(config: Config) -> None:
    une_personne("Qwzyxanari")
    with db.engine.connect() as lecteur:
        lecteur.exec_driver_sql("SELECT count(*) FROM individu").all()
        db.session.execute(delete(Individu))
        db.session.commit()
        impatiente = db.engine.raw_connection()
        impatiente.cursor().execute("PRAGMA busy_timeout=50")
        impatiente.close()
        assert not oublier(["individu"])
    assert oublier(["individu"])
    assert not lisible(config.donnees, "Qwzyxanari")


@pytest.mark.postgres
def test_postgresql() -> None:
    une_personne("Qwzyxanari")
    db.session.execute(delete(Individu))
    db.session.commit()
    assert taille() > 0, "dead rows are still there"
    assert oublier(["individu"])
    assert taille() == 0


def taille() -> int:
    db.session.rollback()
    return int(db.session.scalar(text("SELECT pg_relation_size('individu')")) or 0)
