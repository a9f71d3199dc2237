"""The N° Forprev of a new person: three letters of their name, five digits drawn at random."""

import secrets
import string

from sqlalchemy import select

from certif.domaine.comptes.modeles import Individu
from certif.domaine.noms import cle
from certif.socle.extensions import db

LETTRES = 3
CHIFFRES = 5
ESSAIS = 50
BOURRAGE = "X"


def lettres_du_nom(nom: str) -> str:
    """The first three of A-Z in the name's key, filled up with X: « Lô » gives LOX, « Жанна » XXX."""
    retenues = "".join(c for c in cle(nom).upper() if c in string.ascii_uppercase)
    return retenues[:LETTRES].ljust(LETTRES, BOURRAGE)


def attribuer(nom: str) -> str:
    """A N° that nobody has nor had: rows are never deleted, and a merged N° stays as an alias.

    Call it in the transaction that creates the person: the column is unique.

    Raises:
        RuntimeError: nearly every number of these three letters is taken.
    """
    lettres = lettres_du_nom(nom)
    for _ in range(ESSAIS):
        numero = f"{lettres}{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}}"
        if db.session.scalar(select(Individu.id).filter_by(numero=numero)) is None:
            return numero
    raise RuntimeError(f"no N° Forprev is left for {lettres}")
