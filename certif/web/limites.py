"""Where request rates are counted, and of whom."""

from flask import Flask, request

from certif.config import Config
from certif.socle import valkey
from certif.socle.base.extensions import limiter
from certif.socle.chiffrement import empreinte_secrete
from certif.socle.reseau import reseau_de


def installer(app: Flask, config: Config) -> None:
    """Count in Redis so that every process counts together; each in its memory while Redis is away.

    The window moves: no minute, wherever it begins, holds more than what is allowed.
    """
    adresse = config.redis_url or valkey.adresse(valkey.dossier_de(config.donnees))
    app.config.update(
        RATELIMIT_STORAGE_URI=f"redis+{adresse}" if adresse.startswith("unix://") else adresse,
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_HEADERS_ENABLED=False,
        RATELIMIT_KEY_PREFIX="certif",
    )
    limiter.init_app(app)


def client() -> str:
    """Who asks: a keyed hash of the address that the last trusted proxy saw, which Redis need not know."""
    return empreinte_secrete("client", reseau_de(request.remote_addr or ""))
