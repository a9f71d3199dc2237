"""What entry accepts of an organisation: the texts that certificates may print, its SIRET: pure."""

import re
import unicodedata

from certif.domaine.caracteres import texte_imprimable
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.noms import cle, normaliser

_LONGUEUR_BRUTE_MAX = 1000
_TELEPHONE_FRANCAIS = re.compile(r"(?:\+33|0033|0)([1-9][0-9]{8})")
_TELEPHONE_ETRANGER = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")
_SEPARATEURS_DE_TELEPHONE = re.compile(r"[\s.\-/()]")
LA_POSTE = "356000000"
_CHIFFRES = frozenset("0123456789")
_ESPACES = str.maketrans("", "", " \u00a0\u202f\u2009")


def lire_texte(texte: str, champ: str, maximum: int, *, vide: str = "") -> str:
    """One line of at most `maximum` characters, normalised; "" only where `vide`, the refusal, is "" too.

    Raises:
        SaisieInvalide: on `champ`, when it is missing, too long, or holds what no font of ours can draw.
    """
    lu = normaliser(texte)
    if len(texte) > _LONGUEUR_BRUTE_MAX:
        message = saisie.trop_long(maximum, len(texte))
    else:
        message = _defaut(lu, maximum, vide)
    if message:
        raise SaisieInvalide({champ: [message]})
    return lu


def lire_telephone(texte: str, champ: str = "telephone") -> str:
    """A French number by pairs of digits, a foreign one after its `+`; "" when nothing was typed.

    Raises:
        SaisieInvalide: on `champ`.
    """
    compact = _SEPARATEURS_DE_TELEPHONE.sub("", texte[:_LONGUEUR_BRUTE_MAX].replace("(0)", ""))
    if not compact:
        return ""
    if compact.isascii():
        if francais := _TELEPHONE_FRANCAIS.fullmatch(compact):
            national = "0" + francais[1]
            return " ".join(national[i : i + 2] for i in range(0, 10, 2))
        if etranger := _TELEPHONE_ETRANGER.fullmatch(compact):
            return "+" + etranger[1]
    raise SaisieInvalide({champ: [textes.TELEPHONE]})


def _defaut(lu: str, maximum: int, vide: str) -> str:
    if not lu:
        return vide
    if len(lu) > maximum:
        return saisie.trop_long(maximum, len(lu))
    for caractere in lu:
        if not texte_imprimable(caractere):
            return _refus_du_caractere(caractere)
    return "" if cle(lu) else textes.SANS_LETTRE


def _refus_du_caractere(caractere: str) -> str:
    categorie = unicodedata.category(caractere)
    if categorie in ("Cc", "Zl", "Zp"):
        return saisie.NOM_CONTROLE
    if categorie.startswith("C"):
        return saisie.NOM_INVISIBLE
    if categorie.startswith("M"):
        return saisie.NOM_ACCENTS
    return textes.non_imprimable(caractere)


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
