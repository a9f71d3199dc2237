"""What is asked of the database meanwhile: by any thread, of any database of this process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


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


@contextmanager
def _ecouter(noter: Callable[[str, Any], None]) -> Iterator[None]:
    def entendre(_connexion: Any, _curseur: Any, ordre: str, valeurs: Any, *_: Any) -> None:
        noter(ordre, valeurs)

    event.listen(Engine, "before_cursor_execute", entendre)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", entendre)
