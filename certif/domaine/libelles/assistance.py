"""How to reach who runs the platform: said wherever somebody is told to ask them."""

from certif.domaine.libelles.typographie import francais

_contact = ""


def regler(*coordonnees: str) -> None:
    """Set once at start what every text says: an e-mail address, a telephone; "" for what there is not."""
    global _contact
    _contact = ", ".join(filter(None, coordonnees))


def l_administrateur() -> str:
    """`l’administrateur (assistance@certif.example, 04 75 00 00 00)`, within a sentence."""
    return francais("l'administrateur") + (f" ({_contact})" if _contact else "")


def ligne() -> str:
    """The line of a mail: `Assistance : assistance@certif.example`; "" where there is nobody to name."""
    return francais("Assistance : ") + _contact if _contact else ""
