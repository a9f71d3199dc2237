"""The two kinds of codes that prove a login's second step: six digits that pass, and the ones kept aside."""

import hmac
import re
import secrets
from datetime import datetime

import pyotp

PAS_S = 30
"""How long one code stands."""

NOMBRE_DE_SECOURS = 10

_TOLERANCE = (0, -1, 1)
"""Steps around the present one whose code is taken: clocks of telephones differ."""

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Neither 0 nor O, 1 nor I."""

_GROUPES, _PAR_GROUPE = 3, 4
_LUS_AU_PLUS = 40
"""Characters beyond which nothing typed can be a code."""


def nouveau_secret() -> str:
    """A secret to share with a telephone: 160 bits, in base 32."""
    return pyotp.random_base32()


def pas_du_code(secret: str, saisi: str, instant: datetime) -> int | None:
    """The step that this code belongs to, the present one or a neighbour; None when it is of none."""
    code = lire_code(saisi)
    if code is None:
        return None
    totp = pyotp.TOTP(secret, interval=PAS_S)
    pas = int(instant.timestamp()) // PAS_S
    justes = [pas + e for e in _TOLERANCE if hmac.compare_digest(totp.generate_otp(pas + e), code)]
    return justes[0] if justes else None


def lire_code(saisi: str) -> str | None:
    """Six ASCII digits, however they were spaced (« 123 456 »); None for anything else."""
    if len(saisi) > _LUS_AU_PLUS:
        return None
    code = re.sub(r"\s", "", saisi)
    return code if re.fullmatch(r"[0-9]{6}", code) else None


def nouveaux_codes_de_secours() -> list[str]:
    """Ten codes of 60 random bits, in groups that can be read and typed: « K7QP-2MXD-9RTA »."""
    return ["-".join(_groupe() for _ in range(_GROUPES)) for _ in range(NOMBRE_DE_SECOURS)]


def lire_code_de_secours(saisi: str) -> str | None:
    """The code as it was given, whatever its case, spaces and hyphens became; None for anything else."""
    if len(saisi) > _LUS_AU_PLUS:
        return None
    code = re.sub(r"[\s\-‐‑–]", "", saisi).upper()
    return code if re.fullmatch(f"[{_ALPHABET}]{{{_GROUPES * _PAR_GROUPE}}}", code) else None


def _groupe() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_PAR_GROUPE))
