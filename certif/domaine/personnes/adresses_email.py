"""E-mail addresses: what entry accepts, the one spelling that is kept, the one that a mail server reads."""

import re
import unicodedata

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import personnes as textes

LONGUEUR_MAX = 254
_LONGUEUR_BRUTE_MAX = 1000
_FORME = re.compile(r"[^@\s]+@((?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63})")


def verifier_email(texte: str, champ: str = "email") -> str:
    """The address as it is stored and looked up: one bare address of 254 characters at most.

    Nothing is asked of the network. An accented domain is accepted, an accented local part is not.

    Raises:
        SaisieInvalide: on `champ`: nothing, a name with the address, two addresses, a line break…
    """
    if message := _defaut(texte):
        raise SaisieInvalide({champ: [message]})
    return normaliser_email(_lire(texte.strip()))


def pour_envoi(email: str) -> str:
    """The same address in ASCII, its domain under the name that mail servers know."""
    try:
        return validate_email(email, check_deliverability=False).ascii_email or email
    except EmailNotValidError:
        return email


def _defaut(texte: str) -> str | None:
    propre = texte.strip()
    if not propre:
        return textes.EMAIL_VIDE
    if len(texte) > _LONGUEUR_BRUTE_MAX or len(propre) > LONGUEUR_MAX:
        return textes.EMAIL_TROP_LONG
    if not texte.isprintable():
        return textes.EMAIL_FORMAT
    try:
        lue = _lire(propre)
    except EmailNotValidError:
        return _cause(propre)
    # « straße » and « strasse » are two domains, which looking up by case alone would mix.
    if normaliser_email(lue) != lue.lower():
        return textes.EMAIL_FORMAT
    return textes.EMAIL_TROP_LONG if len(lue) > LONGUEUR_MAX else None


def _cause(propre: str) -> str:
    """Why an address is refused, where its writer would not see it."""
    if not propre.partition("@")[0].isascii():
        return textes.EMAIL_ACCENTS
    forme = _FORME.fullmatch(propre)
    if forme and "." not in forme[1] and forme[1] not in SPECIAL_USE_DOMAIN_NAMES:
        return textes.email_incomplet(forme[1])
    if forme and forme[1].rpartition(".")[2].casefold() in SPECIAL_USE_DOMAIN_NAMES:
        return textes.email_sans_destination(forme[1])
    return textes.EMAIL_FORMAT


def _lire(propre: str) -> str:
    return validate_email(propre, allow_smtputf8=False, check_deliverability=False).normalized


def normaliser_email(email: str) -> str:
    """The one spelling under which an address is stored and looked up."""
    return unicodedata.normalize("NFC", email).strip().casefold()
