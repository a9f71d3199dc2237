"""Everything that is set once per process, from the settings."""

from certif.config import Config
from certif.domaine.certificats.production import scelleur
from certif.domaine.certificats.registre import empreintes as identite
from certif.domaine.libelles import assistance
from certif.socle import adresses, chiffrement, file, horloge, stockage, valkey
from certif.socle.observation import derniere_verification, journalisation, mesures


def regler(config: Config) -> None:
    """Set the clock, the log, the queue, the storage, the secrets and the contact of this process."""
    horloge.regler(config.decalage_horloge)
    journalisation.regler(json=not config.demonstration)
    file.regler(config.redis_url or valkey.adresse(valkey.dossier_de(config.donnees)))
    stockage.regler(config.stockage, config.stockage_options)
    adresses.regler(config.url)
    chiffrement.regler(config.cle_secrete)
    identite.regler(config.cles_registre)
    assistance.regler(*config.assistance)
    mesures.regler(config.donnees / "mesures" if config.jeton_des_mesures else None)
    derniere_verification.regler(config.donnees)
    scelleur.regler(config.pkcs12, config.pkcs12_mot_de_passe, config.sceau_de_demonstration)
