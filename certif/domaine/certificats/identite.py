"""The keyed hash of a holder's identity: what the register keeps instead of a name (R8, R18).

Without a key of `CERTIF_CLES_REGISTRE` nobody can test names against the register. The first key writes, all
verify, so that keys can be changed while old certificates stay verifiable.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from certif.domaine.noms import cle

VERSION_NORMALISATION = 1
"""Raised whenever `noms.cle` would give another key to a name already in the register."""

_cles: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Empreinte:
    """A keyed hash, and what is needed to compute it again."""

    valeur: str
    cle_id: str
    version: int = VERSION_NORMALISATION


def regler(cles: tuple[tuple[str, bytes], ...]) -> None:
    """Set the register's keys once at start; the first one writes, all verify."""
    global _cles
    _cles = cles


def empreinte(nom: str, prenom: str, date_naissance: date) -> Empreinte:
    """The hash under the key that writes.

    Raises:
        RuntimeError: no register key is set.
    """
    return empreintes_possibles(nom, prenom, date_naissance)[0]


def empreintes_possibles(nom: str, prenom: str, date_naissance: date) -> list[Empreinte]:
    """The hashes of one identity under every key, the writing one first.

    Raises:
        RuntimeError: no register key is set.
    """
    if not _cles:
        raise RuntimeError("no register key")
    # The keys of names hold letters and digits only: the separator cannot be forged.
    message = "|".join(
        (str(VERSION_NORMALISATION), cle(nom), cle(prenom), date_naissance.isoformat())
    ).encode()
    return [
        Empreinte(hmac.digest(secret, message, "sha256").hex(), identifiant) for identifiant, secret in _cles
    ]


def correspond(attendue: str | None, nom: str, prenom: str, date_naissance: date) -> bool:
    """Whether this identity is the one behind a hash of the register, under any key.

    Always the same work, whether or not there is a hash to compare with (R15).
    """
    cible = attendue or ""
    resultats = [
        hmac.compare_digest(e.valeur, cible) for e in empreintes_possibles(nom, prenom, date_naissance)
    ]
    return any(resultats)
