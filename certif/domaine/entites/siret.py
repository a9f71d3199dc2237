"""SIRET numbers: fourteen digits whose check digit holds."""

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.entites import mon_entite as textes

LA_POSTE = "356000000"
_CHIFFRES = frozenset("0123456789")
_ESPACES = str.maketrans("", "", " \u00a0\u202f\u2009")


def lire_siret(texte: str, champ: str = "siret") -> str:
    """The fourteen digits of what was typed, spaces tolerated; "" when nothing was.

    Raises:
        SaisieInvalide: on `champ`, when it is not fourteen ASCII digits, or not a SIRET.
    """
    chiffres = texte.strip().translate(_ESPACES)
    if not chiffres:
        return ""
    if len(chiffres) != 14 or not set(chiffres) <= _CHIFFRES:
        raise SaisieInvalide({champ: [textes.SIRET_FORMAT]})
    if not valide(chiffres):
        raise SaisieInvalide({champ: [textes.SIRET_FAUX]})
    return chiffres


def valide(siret: str) -> bool:
    """Whether the check digit of these fourteen digits holds.

    Luhn's sum of every SIRET is a multiple of ten; the offices of La Poste, more than Luhn can number, have
    a plain sum that is a multiple of five.
    """
    if set(siret) == {"0"}:
        return False
    return _luhn(siret) or (siret.startswith(LA_POSTE) and sum(map(int, siret)) % 5 == 0)


def presenter(siret: str) -> str:
    """As people read it: `732 829 320 00074`, with no-break spaces."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:])) if siret else ""


def siren(siret: str) -> str:
    """The first nine digits, which name the organisation: `732 829 320`; "" while nobody gave the SIRET."""
    return presenter(siret)[:11]


def _luhn(chiffres: str) -> bool:
    doubles = (int(c) * (1 + rang % 2) for rang, c in enumerate(reversed(chiffres)))
    return sum(n - 9 if n > 9 else n for n in doubles) % 10 == 0
