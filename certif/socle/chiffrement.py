"""What the secret key serves for: encryption of what must be read again, keyed hashes of what must not."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

_secret = b""


def regler(secret: str) -> None:
    """Set the key once at start."""
    global _secret
    _secret = secret.encode()


def chiffrer(usage: str, clair: bytes) -> bytes:
    """The same, readable only under the same use and the same secret key."""
    return _chiffre(usage).encrypt(clair)


def dechiffrer(usage: str, chiffre: bytes) -> bytes | None:
    """What was encrypted for this use; None if it was not, or if the secret key changed since."""
    try:
        return _chiffre(usage).decrypt(chiffre)
    except InvalidToken:
        return None


def empreinte_secrete(*parties: str) -> str:
    """HMAC-SHA256 of the parts, in hexadecimal; nobody without the key can test a guess.

    Raises:
        RuntimeError: no key is set.
    """
    if not _secret:
        raise RuntimeError("no key for hashes")
    return hmac.digest(_secret, "\x1f".join(parties).encode(), "sha256").hex()


def _chiffre(usage: str) -> Fernet:
    """A key derived from the secret one.

    Raises:
        RuntimeError: no key is set.
    """
    if not _secret:
        raise RuntimeError("no key for encryption")
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"certif.{usage}:".encode() + _secret).digest()))
