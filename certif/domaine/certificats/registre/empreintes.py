"""The keyed hash of a holder's identity: what the register keeps instead of a name (R8, R18).

Without a key of `CERTIF_CLES_REGISTRE` nobody can test names against the register. The first key writes, all
verify, so that keys can be changed while old certificates stay verifiable.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from certif.domaine import cle_v1
from certif.domaine.graphies import graphies
from certif.domaine.noms import cle

VERSION_NORMALISATION = 2
"""Raised whenever `noms.cle` would give another key to a name already in the register.

1: letters that look alike were told apart (`cle_v1`). 2: they have one key.
"""

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
    """The hash that is written: under the first key, in the present version.

    Raises:
        RuntimeError: no register key is set.
    """
    return _empreintes(VERSION_NORMALISATION, cle(nom), cle(prenom), date_naissance)[0]


def empreintes_possibles(nom: str, prenom: str, date_naissance: date) -> list[Empreinte]:
    """Every hash that the register may hold of one identity: every version under every key.

    The first is the one that is written. Of version 1, also those of the names that look like this one
    on paper (64 at most).

    Raises:
        RuntimeError: no register key is set.
    """
    possibles = _empreintes(VERSION_NORMALISATION, cle(nom), cle(prenom), date_naissance)
    for cle_nom, cle_prenom in graphies(cle_v1.cle(nom), cle_v1.cle(prenom)):
        possibles += _empreintes(1, cle_nom, cle_prenom, date_naissance)
    return possibles


def correspond(attendue: str | None, nom: str, prenom: str, date_naissance: date) -> bool:
    """Whether this identity is the one behind a hash of the register, under any key and version.

    Always the same work, whether or not there is a hash to compare with (R15).
    """
    cible = attendue or ""
    resultats = [
        hmac.compare_digest(e.valeur, cible) for e in empreintes_possibles(nom, prenom, date_naissance)
    ]
    return any(resultats)


def _empreintes(version: int, cle_nom: str, cle_prenom: str, date_naissance: date) -> list[Empreinte]:
    if not _cles:
        raise RuntimeError("no register key")
    # The keys of names hold letters and digits only: the separator cannot be forged.
    message = "|".join((str(version), cle_nom, cle_prenom, date_naissance.isoformat())).encode()
    return [
        Empreinte(hmac.digest(secret, message, "sha256").hex(), identifiant, version)
        for identifiant, secret in _cles
    ]
