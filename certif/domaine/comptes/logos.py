"""Logos: kept under the digest of their bytes, so that a certificate names exactly the one it was given."""

from hashlib import sha256

from certif.domaine.comptes.modeles import Logo
from certif.socle.extensions import db


def conserver(png: bytes) -> str:
    """Keep a PNG, once; returns the name under which it is found again."""
    nom = sha256(png).hexdigest()
    if db.session.get(Logo, nom) is None:
        db.session.add(Logo(sha256=nom, png=png))
        db.session.flush()
    return nom


def lire(nom: str | None) -> bytes | None:
    """The PNG of that name, or None when there is no name.

    Raises:
        LookupError: no logo has this name.
    """
    if nom is None:
        return None
    logo = db.session.get(Logo, nom)
    if logo is None:
        raise LookupError("no such logo")
    return logo.png
