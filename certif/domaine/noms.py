"""Names of persons: what entry accepts, how they compare, how they show (R4, R12)."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from certif.domaine.caracteres import imprimable
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.libelles.ecrans import PERSONNE_SUPPRIMEE
from certif.domaine.ressemblances import reunir

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
    """The normalised nom or prénom, ready to be stored: its compatibility letters decomposed.

    `champ` names the field ("nom", "prenom", or a name ending so) in the SaisieInvalide raised when it is
    empty, longer than 80 code points, holds a character that no document could print or a letter without a
    capital, or mixes scripts.
    """
    nom = _decomposer(lire_nom(texte, champ))
    if message := _defaut(nom, champ) or _melange(nom) or _sans_capitale(nom):
        raise SaisieInvalide({champ: [message]})
    return nom


def lire_nom(texte: str, champ: str) -> str:
    """The normalised name that somebody looks for: whatever entry ever accepted, as it was stored (R15).

    A name that entry has come to refuse since still finds its holder, and still prints.

    Raises:
        SaisieInvalide: empty, too long, or with a character that no document could print.
    """
    nom = normaliser(texte)
    message = _defaut(nom, champ)
    if nom and len(texte) > _LONGUEUR_BRUTE_MAX:
        message = saisie.trop_long(LONGUEUR_MAX, len(texte))
    if message:
        raise SaisieInvalide({champ: [message]})
    return nom


def _defaut(nom: str, champ: str) -> str | None:
    if not nom:
        return saisie.PRENOM_VIDE if champ.endswith("prenom") else saisie.nom_vide(_QUOI.get(champ, "Le nom"))
    if len(nom) > LONGUEUR_MAX:
        return saisie.trop_long(LONGUEUR_MAX, len(nom))
    for caractere in nom:
        if not imprimable(caractere):
            return _refus_du_caractere(caractere)
    if not any(_est_lettre(c) for c in nom):
        return saisie.NOM_SANS_LETTRE
    return None


def _est_lettre(caractere: str) -> bool:
    return unicodedata.category(caractere).startswith("L") and caractere not in _APOSTROPHES_LETTRES


def _decomposer(nom: str) -> str:
    """ﬁ becomes fi and ſ s, where what they are made of can be printed; spaces and signs stay as they are."""
    return unicodedata.normalize("NFC", "".join(_decomposee(c) for c in nom))


def _decomposee(caractere: str) -> str:
    lettres = unicodedata.normalize("NFKC", caractere) if _est_lettre(caractere) else caractere
    return lettres if all(map(imprimable, lettres)) else caractere


def _melange(nom: str) -> str | None:
    """A letter of another script than most of the name, or than its beginning where they are as many."""
    lettres = [(c, _ecriture(c)) for c in nom if _est_lettre(c)]
    comptes = Counter(ecriture for _, ecriture in lettres)
    if len(comptes) < 2:
        return None
    principale = comptes.most_common(1)[0][0]
    etrangere = next((c, e) for c, e in lettres if e != principale)
    return saisie.ecritures_melangees(*etrangere, principale)


def _ecriture(lettre: str) -> str:
    return unicodedata.name(lettre).partition(" ")[0]


def _sans_capitale(nom: str) -> str | None:
    """A letter that would stay small in capitals."""
    petites = (c for c in nom if any(unicodedata.category(m) == "Ll" for m in _majuscule(c)))
    return next(map(saisie.lettre_sans_capitale, petites), None)


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
    """The key under which two spellings of a name are one (R4): letters and digits, no accent, no case, and
    one key for letters that look alike on paper.

    What it gives is stored and hashed: changed, it needs a migration, its former self frozen (`cle_v1`), and
    `identite.VERSION_NORMALISATION` raised.
    """
    return reunir(cle_sans_ressemblance(nom))


def cle_sans_ressemblance(nom: str) -> str:
    """The same, but letters that only look alike are told apart."""
    if nom.isascii():  # nothing to decompose
        return "".join(c for c in nom.lower() if c.isalnum())
    texte = _sans_marques(_sans_marques(nom).casefold().translate(_LETTRES_DE_CLE))
    return "".join(c for c in texte if c.isalnum())


def mots(texte: str) -> list[str]:
    """The keys of its words, in their order: what a search compares."""
    return [lu for mot in _SEPARATEURS.split(texte) if (lu := cle(mot))]


def departs(nom: str) -> list[str]:
    """The key of a nom from each of its words on: "De La Tour" gives delatour, latour, tour."""
    for apostrophe in (*_APOSTROPHES_LETTRES, "‘"):
        nom = nom.replace(apostrophe, "'")
    lus = mots(nom)
    return ["".join(lus[rang:]) for rang in range(len(lus))]


def _sans_marques(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join(c for c in decompose if not unicodedata.category(c).startswith("M"))


def majuscules(nom: str) -> str:
    """Capitals with their accents: ß becomes ẞ, ı and i become I, both sigmas Σ.

    A letter whose capital the documents cannot print loses the accents of that capital (ǰ gives J), or stays
    as it is when that is not enough: what entry accepts, printing prints.
    """
    return "".join(_majuscule(c) for c in unicodedata.normalize("NFC", nom))


@lru_cache(maxsize=1_024)
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
