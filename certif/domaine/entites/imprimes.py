"""Texts about an organisation that certificates may print: what entry accepts, printing prints."""

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
