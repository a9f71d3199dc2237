"""Names of persons: what entry accepts, how they compare, how they show (R4, R12)."""

import re
import unicodedata

from certif.domaine.caracteres import imprimable
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.libelles.personnes import PERSONNE_SUPPRIMEE

LONGUEUR_MAX = 80
# A name of 80 code points in NFC never needs as many before it; beyond, normalising would cost for nothing.
_LONGUEUR_BRUTE_MAX = 1000

_BORDS_INVISIBLES = "\u200b\u200c\u200d\u2060\ufeff"
_ESPACES = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_SEPARATEURS = re.compile(r"[\s.,;:@_/()'’\-‐-―]+")
_APOSTROPHES_LETTRES = frozenset("ʻʼ")
_LETTRES_DE_CLE = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ı": "i",
        **dict.fromkeys(_APOSTROPHES_LETTRES),
    }
)
_QUOI = {"nom": "Le nom", "prenom": "Le prénom"}


def normaliser(texte: str) -> str:
    """NFC, with each run of spaces made one plain space, and what is blank or invisible removed at both ends.

    One kind of space is what makes page, PDF and spreadsheet show the very same text.
    """
    texte = unicodedata.normalize("NFC", texte[:_LONGUEUR_BRUTE_MAX])
    avant = None
    while avant != texte:
        avant, texte = texte, texte.strip().strip(_BORDS_INVISIBLES)
    return _ESPACES.sub(" ", texte)


def verifier_nom(texte: str, champ: str) -> str:
    """The normalised nom or prénom, ready to be stored.

    `champ` names the field ("nom", "prenom", or a name ending so) in the SaisieInvalide raised when it is
    empty, longer than 80 code points, or holds a character that no document could print.
    """
    nom = normaliser(texte)
    if message := _defaut(nom, champ, len(texte)):
        raise SaisieInvalide({champ: [message]})
    return nom


def _defaut(nom: str, champ: str, longueur_brute: int) -> str | None:
    if not nom:
        return saisie.PRENOM_VIDE if champ.endswith("prenom") else saisie.nom_vide(_QUOI.get(champ, "Le nom"))
    if longueur_brute > _LONGUEUR_BRUTE_MAX:
        return saisie.trop_long(LONGUEUR_MAX, longueur_brute)
    if len(nom) > LONGUEUR_MAX:
        return saisie.trop_long(LONGUEUR_MAX, len(nom))
    for caractere in nom:
        if not imprimable(caractere):
            return _refus_du_caractere(caractere)
    if not any(unicodedata.category(c).startswith("L") and c not in _APOSTROPHES_LETTRES for c in nom):
        return saisie.NOM_SANS_LETTRE
    return None


def _refus_du_caractere(caractere: str) -> str:
    categorie = unicodedata.category(caractere)
    if categorie == "Cc" or categorie in ("Zl", "Zp"):
        return saisie.NOM_CONTROLE
    if categorie.startswith("C"):
        return saisie.NOM_INVISIBLE
    if categorie.startswith("N"):
        return saisie.NOM_CHIFFRE
    nom_unicode = unicodedata.name(caractere, "")
    if categorie.startswith("L"):
        if nom_unicode.startswith(("LATIN ", "GREEK ", "CYRILLIC ")):
            return saisie.lettre_non_imprimable(caractere)
        return saisie.NOM_ECRITURE
    if categorie.startswith("M"):
        if nom_unicode.startswith("COMBINING "):
            return saisie.NOM_ACCENTS
        return saisie.NOM_INVISIBLE if nom_unicode.startswith("VARIATION ") else saisie.NOM_ECRITURE
    return saisie.caractere_refuse(caractere)


def cle(nom: str) -> str:
    """The key under which two spellings of a name are one (R4): letters and digits, no accent, no case."""
    texte = _sans_marques(_sans_marques(nom).casefold().translate(_LETTRES_DE_CLE))
    return "".join(c for c in texte if c.isalnum())


def mots(texte: str) -> list[str]:
    """The keys of its words, in their order: what a search compares."""
    return [lu for mot in _SEPARATEURS.split(texte) if (lu := cle(mot))]


def _sans_marques(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join(c for c in decompose if not unicodedata.category(c).startswith("M"))


def majuscules(nom: str) -> str:
    """Capitals with their accents: ß becomes ẞ, ı and i become I, both sigmas Σ.

    A letter whose capital the documents cannot print loses the accents of that capital (ǰ gives J), or stays
    as it is when that is not enough: what entry accepts, printing prints.
    """
    return "".join(_majuscule(c) for c in unicodedata.normalize("NFC", nom))


def _majuscule(caractere: str) -> str:
    capitale = "ẞ" if caractere == "ß" else unicodedata.normalize("NFC", caractere.upper())
    if len(capitale) > 1:
        # The one-letter form keeps a Greek iota subscript where it is: ᾳ gives ᾼ.
        capitale = unicodedata.normalize("NFC", caractere.title())
    if all(imprimable(c) for c in capitale):
        return capitale
    sans_accent = "".join(c for c in capitale if not unicodedata.category(c).startswith("M"))
    return sans_accent if sans_accent and all(imprimable(c) for c in sans_accent) else caractere


def nom_affiche(nom: str, prenom: str = "") -> str:
    """The displayed form, the same on page, PDF, spreadsheet and mail: "DUPONT Marie"."""
    return f"{_nom(nom)} {prenom}".strip()


def prenom_nom(nom: str, prenom: str = "") -> str:
    """A colleague as one speaks of them: "Karine PARIS"."""
    return f"{prenom} {_nom(nom)}".strip()


def nom_court(nom: str, prenom: str = "") -> str:
    """A formateur in a status line: "R. Stéphanie"; the whole nom when there is no prénom."""
    return f"{majuscules(nom)[:1]}. {prenom}" if prenom else _nom(nom)


def _nom(nom: str) -> str:
    """In capitals; somebody erased has none (R18)."""
    return nom if nom == PERSONNE_SUPPRIMEE else majuscules(nom)
