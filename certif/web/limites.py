"""Where request rates are counted, and of whom."""

from flask import Flask, request

from certif.socle import file
from certif.socle.base.extensions import limiter
from certif.socle.chiffrement import empreinte_secrete
from certif.socle.reseau import reseau_de


def installer(app: Flask) -> None:
    """Count in Redis so that every process counts together; each in its memory while Redis is away.

    The window moves: no minute, wherever it begins, holds more than what is allowed.
    """
    app.config.update(
        RATELIMIT_STORAGE_URI="redis://",
        # The queue's own connections, which give up fast: no page waits for a server that fell silent.
        RATELIMIT_STORAGE_OPTIONS={"connection_pool": file.connexion().connection_pool},
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_HEADERS_ENABLED=False,
        RATELIMIT_KEY_PREFIX="certif",
    )
    limiter.init_app(app)


def client() -> str:
    """Who asks: a keyed hash of the address that the last trusted proxy saw, which Redis need not know."""
    return empreinte_secrete("client", reseau_de(request.remote_addr or ""))
