"""What is asked of the database meanwhile: by any thread, of any database of this process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from certif.socle.base.extensions import db


@contextmanager
def requetes() -> Iterator[list[str]]:
    """The statements, in order."""
    vues: list[str] = []
    with _ecouter(lambda ordre, _: vues.append(ordre)):
        yield vues


@contextmanager
def requetes_et_valeurs() -> Iterator[list[tuple[str, Any]]]:
    """The same, each with its values."""
    vues: list[tuple[str, Any]] = []
    with _ecouter(lambda ordre, valeurs: vues.append((ordre, valeurs))):
        yield vues


def plans(app: Flask, vues: list[tuple[str, Any]], marque: str) -> list[str]:
    """How the database answers those of these statements where `marque` stands."""
    with app.app_context():
        mot_cle = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"
        connexion = db.session.connection()
        return [
            " ".join(map(str, connexion.exec_driver_sql(f"{mot_cle} {ordre}", valeurs).all()))
            for ordre, valeurs in vues
            if marque in " ".join(ordre.split())
        ]


@contextmanager
def _ecouter(noter: Callable[[str, Any], None]) -> Iterator[None]:
    def entendre(_connexion: Any, _curseur: Any, ordre: str, valeurs: Any, *_: Any) -> None:
        noter(ordre, valeurs)

    event.listen(Engine, "before_cursor_execute", entendre)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", entendre)
