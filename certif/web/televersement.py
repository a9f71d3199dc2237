"""Files that are recognised and never kept: hashed as they arrive, written nowhere."""

import hashlib
import io
from collections.abc import Callable
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, current_app, request

Vue = TypeVar("Vue", bound=Callable[..., Any])


class Condense(io.RawIOBase):
    """Where the bytes of such a file go: all that is left of them is their digest and their number."""

    def __init__(self) -> None:
        super().__init__()
        self._condense = hashlib.sha256()
        self.taille = 0

    @property
    def sha256(self) -> str:
        """The digest of what came so far, in hexadecimal."""
        return self._condense.hexdigest()

    def write(self, octets: Any) -> int:
        self._condense.update(octets)
        self.taille += len(octets)
        return len(octets)

    def seek(self, _place: int, _repere: int = 0) -> int:
        return 0

    def readinto(self, _tampon: Any) -> int:
        return 0


class Requete(Request):
    """A request whose files are hashed instead of stored, for the views marked so."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if taille_max_condensee(self.endpoint) is None:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        return cast(IO[bytes], Condense())


def condense_les_fichiers(taille_max: int) -> Callable[[Vue], Vue]:
    """Mark a view: what it is sent may weigh this many bytes, and its files are `Condense`s."""

    def decorer(vue: Vue) -> Vue:
        vue._taille_max = taille_max  # type: ignore[attr-defined]
        return vue

    return decorer


def fichier_condense(champ: str) -> Condense | None:
    """The file posted in this field, in a view marked so; None when none was chosen."""
    recu = request.files.get(champ)
    if recu is None or not recu.filename:
        return None
    return cast(Condense, recu.stream)


def installer(app: Flask) -> None:
    """Hash from the first byte on: before anything reads the form."""
    app.request_class = Requete


def taille_max_condensee(endpoint: str | None) -> int | None:
    """What a view marked so may be sent, in bytes; None for the others."""
    vue = current_app.view_functions.get(endpoint or "")
    return getattr(vue, "_taille_max", None)
