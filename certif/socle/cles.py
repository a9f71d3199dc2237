"""Secrets: made once and kept by the demonstration, and how hard to guess one of the settings is."""

import math
import os
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LONGUEUR_MIN = 32
DISTINCTS_MIN = 8
"""Of the sixteen digits that `openssl rand -hex 16` draws 32 of, one key in nine thousand holds nine only."""
BITS_MIN = 80
RESTE_MIN = 20
"""Characters that must remain once known words, years and sequences are taken away."""
_MOTS = (
    *("administrateur", "administration", "changeme", "changezmoi", "demonstration", "developpement"),
    *("motdepasse", "password", "passphrase", "production", "registre", "register", "secrete", "secret"),
    *("certificat", "certif", "exemple", "example", "default", "random", "aleatoire", "caractere"),
    *("azertyuiop", "qwertyuiop", "azerty", "qwerty", "django", "flask", "session", "cookie", "forprev"),
    *("change", "remplacer", "replace", "insecure", "longue", "serveur", "server", "token", "passe"),
    *("cles", "keys", "votre", "your", "this", "demo", "test", "dev", "old", "new", "cle", "key", "the"),
)
_SUITES = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz" * 2, "azertyuiopqsdfghjklmwxcvbn")
_ANNEE = re.compile(r"(?:19|20)\d\d")


def conserver(
    fichier: Path, faire: Callable[[], bytes] = lambda: secrets.token_urlsafe(48).encode()
) -> bytes:
    """Return the secret kept in `fichier`, made at the first call; only the owner can read it.

    Two processes that start together get the same secret.
    """
    with suppress(FileNotFoundError):
        return fichier.read_bytes()
    fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    brouillon = fichier.with_name(f".{fichier.name}-{os.getpid()}-{secrets.token_hex(4)}")
    descripteur = os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(faire())
    try:
        with suppress(FileExistsError):
            os.link(brouillon, fichier)
    finally:
        brouillon.unlink()
    return fichier.read_bytes()


def faiblesse(cle: str) -> str:
    """Why this key would keep no secret, in French, after « doit »; "" when nothing is known against it."""
    if len(cle) < LONGUEUR_MIN:
        return f"compter au moins {LONGUEUR_MIN} caractères"
    if len(set(cle)) < DISTINCTS_MIN or _bits(_sans_repetition(cle)) < BITS_MIN:
        return "être tirée au hasard : celle-ci répète toujours les mêmes caractères"
    if len(_sans_ce_qui_est_connu(cle)) < RESTE_MIN:
        return "être tirée au hasard : celle-ci tient à des mots ou à des suites que l’on devine"
    return ""


def _bits(texte: str) -> float:
    """Shannon's entropy of its characters as they are counted, for the whole text."""
    n = len(texte)
    return -sum(nombre * math.log2(nombre / n) for nombre in Counter(texte).values())


def _sans_repetition(cle: str) -> str:
    """The shortest block that, repeated, makes the key: « abcabcab » is only « abc »."""
    return next(cle[:n] for n in range(1, len(cle) + 1) if (cle[:n] * (len(cle) // n + 1)).startswith(cle))


def _sans_ce_qui_est_connu(cle: str) -> str:
    plie = unicodedata.normalize("NFKD", cle).casefold()
    reste = "".join(c for c in plie if c.isalnum())
    for mot in sorted(_MOTS, key=len, reverse=True):
        reste = reste.replace(mot, "")
    return _sans_suites(_ANNEE.sub("", reste))


def _sans_suites(texte: str) -> str:
    """Without the runs of four and more that follow an alphabet or a keyboard, either way."""
    garde, i = [], 0
    while i < len(texte):
        n = next((n for n in range(min(26, len(texte) - i), 3, -1) if _suit(texte[i : i + n])), 1)
        if n == 1:
            garde.append(texte[i])
        i += n
    return "".join(garde)


def _suit(morceau: str) -> bool:
    return any(morceau in suite or morceau[::-1] in suite for suite in _SUITES)
