"""What is said of a password that somebody chooses."""

from certif.domaine.libelles.typographie import francais

MOT_DE_PASSE_VIDE = francais("Choisissez un mot de passe.")
CONFIRMATION = francais("Les deux saisies sont différentes : saisissez de nouveau le même mot de passe.")
COURANT = francais(
    "Ce mot de passe fait partie de ceux que l'on essaie en premier : "
    "préférez plusieurs mots sans lien entre eux."
)
PERSONNEL = francais(
    "Ce mot de passe tient surtout à votre nom, à votre adresse, à votre entité ou à « certif » : "
    "préférez plusieurs mots sans lien entre eux."
)
MEME = francais("C'est déjà votre mot de passe : choisissez-en un autre.")


def trop_court(minimum: int, longueur: int) -> str:
    return francais(f"{minimum} caractères au moins ; vous en avez saisi {longueur}.")


def trop_long(maximum: int) -> str:
    return francais(f"{maximum} caractères au plus.")


def aide(minimum: int) -> str:
    """Under the field."""
    return francais(
        f"{minimum} caractères au moins. Le plus simple : plusieurs mots sans lien entre eux, "
        "ou ce que propose votre gestionnaire de mots de passe."
    )
