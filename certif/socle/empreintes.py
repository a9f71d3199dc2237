"""Keyed hashes of what must be recognised without being kept."""

import hmac

_secret = b""


def regler(secret: str) -> None:
    """Set the key once at start."""
    global _secret
    _secret = secret.encode()


def empreinte_secrete(*parties: str) -> str:
    """HMAC-SHA256 of the parts, in hexadecimal; nobody without the key can test a guess.

    Raises:
        RuntimeError: no key is set.
    """
    if not _secret:
        raise RuntimeError("no key for hashes")
    return hmac.digest(_secret, "\x1f".join(parties).encode(), "sha256").hex()
