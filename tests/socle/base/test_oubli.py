"""Deleted rows leave no byte in the data files."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, text

from certif.config import Config
from certif.domaine.personnes.modeles import Individu
from certif.socle.base import oubli
from certif.socle.base.extensions import db
from certif.socle.base.oubli import oublier
from tests.support.factories import une_personne

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


def test_un_lecteur_attarde_remet_a_plus_tard(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oubli, "_ESSAIS", 2)
    une_personne("Qwzyxanari")
    with db.engine.connect() as lecteur:
        lecteur.exec_driver_sql("SELECT count(*) FROM individu").all()
        db.session.execute(delete(Individu))
        db.session.commit()
        assert not oublier(["individu"])
    assert oublier(["individu"])
    assert not lisible(config.donnees, "Qwzyxanari")


@pytest.mark.lent
def test_qui_ecrit_n_attend_pas_le_lecteur_attarde(config: Config, app: Flask) -> None:
    """The log is cut for nobody else's account: whoever saves meanwhile gets through at once."""
    une_personne("Lecteur")
    oublies: list[bool] = []

    def oublier_a_part() -> None:
        with app.app_context():
            oublies.append(oublier(["individu"]))

    with db.engine.connect() as lecteur, closing(sqlite3.connect(config.donnees / "certif.db")) as autre:
        lecteur.exec_driver_sql("SELECT count(*) FROM individu").all()
        autre.execute("PRAGMA busy_timeout=2000")
        fil = threading.Thread(target=oublier_a_part)
        fil.start()
        for rang in range(4):
            time.sleep(0.3)
            with autre:
                autre.execute("UPDATE individu SET nom = ?", [f"Patient{rang}"])
    fil.join()
    assert oublies == [True]


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
