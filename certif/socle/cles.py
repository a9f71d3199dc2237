"""Secrets that the demonstration makes for itself, once, and keeps."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def conserver(
    fichier: Path, faire: Callable[[], bytes] = lambda: secrets.token_urlsafe(48).encode()
) -> bytes:
    """Return the secret kept in `fichier`, made at the first call; only the owner can read it.

    Two processes that start together get the same secret.
    """
    with suppress(FileNotFoundError):
        return fichier.read_bytes()
    fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    brouillon = fichier.with_name(f".{fichier.name}-{os.getpid()}-{secrets.token_hex(4)}")
    descripteur = os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(faire())
    try:
        with suppress(FileExistsError):
            os.link(brouillon, fichier)
    finally:
        brouillon.unlink()
    return fichier.read_bytes()
