"""The technical base, set once per process from the settings."""

from certif.config import Config
from certif.socle import adresses, chiffrement, empreintes, file, horloge, journalisation, stockage, valkey


def regler(config: Config) -> None:
    """Set the clock, the log, the queue, the storage and the secrets of this process."""
    horloge.regler(config.decalage_horloge)
    journalisation.regler(json=not config.demonstration)
    file.regler(config.redis_url or valkey.adresse(valkey.dossier_de(config.donnees)))
    stockage.regler(config.stockage, config.stockage_options)
    adresses.regler(config.url)
    empreintes.regler(config.cle_secrete)
    chiffrement.regler(config.cle_secrete)
