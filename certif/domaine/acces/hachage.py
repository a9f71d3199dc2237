"""Passwords: argon2id, and the same work when there is nothing to compare with."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGUEUR_MAX = 200
"""Longer than any password that a person or a manager makes; what exceeds it is wrong without a look."""

_hacheur = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
# A digest of nothing that anyone can type, with the same parameters as the real ones.
_LEURRE = "$argon2id$v=19$m=19456,t=2,p=1$8Yyv2hJ6i4bX0q3uT5w7Kg$ta1U4xQkFh0pn6Vb0Yx8pG2f0k1mS5w9c3z7Jr4eLhE"


def hacher(mot_de_passe: str) -> str:
    """Digest to store for this password."""
    return _hacheur.hash(_normaliser(mot_de_passe))


def verifier(hache: str | None, mot_de_passe: str) -> bool:
    """Whether the password is the one of `hache`; without a digest, False after the same work."""
    try:
        juste = _hacheur.verify(hache or _LEURRE, _normaliser(mot_de_passe[:LONGUEUR_MAX]))
    except (VerificationError, InvalidHashError):
        return False
    return juste and hache is not None and len(mot_de_passe) <= LONGUEUR_MAX


def _normaliser(mot_de_passe: str) -> str:
    """The same bytes whatever keyboard composed the accents."""
    return unicodedata.normalize("NFKC", mot_de_passe)
