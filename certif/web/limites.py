"""Where request rates are counted."""

from flask import Flask

from certif.config import Config
from certif.socle import valkey
from certif.socle.extensions import limiter


def installer(app: Flask, config: Config) -> None:
    """Count in Redis so that every process counts together; each in its memory while Redis is away."""
    adresse = config.redis_url or valkey.adresse(valkey.dossier_de(config.donnees))
    app.config.update(
        RATELIMIT_STORAGE_URI=f"redis+{adresse}" if adresse.startswith("unix://") else adresse,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_HEADERS_ENABLED=False,
        RATELIMIT_KEY_PREFIX="certif",
    )
    limiter.init_app(app)
