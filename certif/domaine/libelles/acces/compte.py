"""One's own account: what a password is refused for, and what is said once something is done."""

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

BIENVENUE = francais("Votre compte est prêt : vous êtes connecté.")
MOT_DE_PASSE_CHANGE = francais("Mot de passe changé : vos autres connexions ont été fermées.")
MOT_DE_PASSE_CHOISI = francais("Votre mot de passe est changé : connectez-vous avec le nouveau.")
ADRESSE_DEMANDEE = francais(
    "Un courrier est parti à la nouvelle adresse : ouvrez le lien qu'il contient dans les 24 heures. "
    "D'ici là, votre adresse ne change pas."
)
ADRESSE_CONFIRMEE = francais("Votre nouvelle adresse e-mail est confirmée.")
ADRESSE_RETABLIE = francais(
    "Votre adresse est rétablie et toutes les connexions sont fermées. "
    "Choisissez maintenant un nouveau mot de passe."
)
CONNEXION_FERMEE = francais("Cette connexion est fermée.")
AUTRES_FERMEES = francais("Vos autres connexions sont fermées.")
IDENTIFIANTS_INCORRECTS = francais("E-mail, N° Forprev ou mot de passe incorrect.")
IDENTIFIANT_VIDE = francais("Saisissez votre e-mail ou votre N° Forprev.")


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


def trop_d_essais(minutes: int) -> str:
    """The throttle of logins."""
    unite = "minute" if minutes < 2 else "minutes"
    return francais(f"Trop d'essais de connexion. Réessayez dans {minutes} {unite}.")
