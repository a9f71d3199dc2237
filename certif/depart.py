"""What only trying tells of the settings, before a start writes anything."""

from collections.abc import Mapping

from pyrage import RecipientError
from pyrage.x25519 import Recipient

from certif.config import Config, ConfigurationInvalide
from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.cle_de_sceau import CleInutilisable


def exiger(environ: Mapping[str, str]) -> Config:
    """The settings of a start, which writes nothing yet.

    Raises:
        ConfigurationInvalide: they are wrong, contradict each other or open nothing.
    """
    config = Config.lire(environ, depart=True, essai=True)
    if refus := [dit for dit in (refus_du_sceau(config), _refus_des_cles_de_sauvegarde(config)) if dit]:
        raise ConfigurationInvalide(refus)
    return config


def refus_du_sceau(config: Config) -> str:
    """Why the sealing key that the settings name cannot be used, naming them; "" when it can.

    The one that the demonstration keeps for itself is tried too, once it is there.
    """
    fichier = config.pkcs12 or config.sceau_de_demonstration
    nom = "CERTIF_PKCS12" if config.pkcs12 else str(fichier)
    if config.pkcs12_mot_de_passe is not None:
        nom += ", CERTIF_PKCS12_MOT_DE_PASSE"
    try:
        cle_de_sceau.lire(fichier.read_bytes(), config.pkcs12_mot_de_passe)
    except FileNotFoundError:
        return "" if config.pkcs12 is None else f"{nom} : ce fichier n’existe pas."
    except OSError:
        return f"{nom} : ce fichier ne peut pas être lu."
    except CleInutilisable as erreur:
        return f"{nom} : {erreur.raison}"
    return ""


def _refus_des_cles_de_sauvegarde(config: Config) -> str:
    for cle in config.cles_de_sauvegarde:
        try:
            Recipient.from_str(cle)
        except RecipientError:
            return (
                "CERTIF_CLES_SAUVEGARDE : une clé publique d’age a une lettre de trop, de moins, ou fausse."
            )
    return ""
