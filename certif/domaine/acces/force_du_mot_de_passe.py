"""Choosing a password: long enough, not one that is tried first; no composition rule, no forced change."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from certif.domaine.acces.hachage import LONGUEUR_MAX, hacher
from certif.domaine.acces.second_facteur import facteurs_de
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.acces import compte as textes
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite, Individu, NomCommercial, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db

LONGUEUR_MIN = 12
LONGUEUR_MIN_ADMINISTRATEUR = 16

RESTE_MIN = 8
"""Characters that must remain once a common word, or what everybody knows of the person, is taken away."""

_COURANTS = Path(__file__).parent / "donnees" / "mots_de_passe_courants.txt"
_SUITES = (
    "0123456789" * 3,
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
)
_DISTINCTS_MIN = 5
_SITE = ("certif", "demo", "demonstration")
"""What the site is called, and the words of the password that its demonstration publishes."""
_POUR_UNE_LETTRE = re.compile(r"(?<![0-9])[013457@$!]{1,2}(?![0-9])")
_CHIFFRES = str.maketrans("013457@$!", "oieastasi")
"""The letters that these stand for, one or two at a time: more of them are a number."""


def verifier_pour(individu: Individu, mot_de_passe: str, confirmation: str) -> None:
    """The password that this person chooses, typed twice.

    Raises:
        SaisieInvalide: on `nouveau` or `confirmation`.
    """
    siens = (individu.nom, individu.prenom, (individu.email or "").partition("@")[0], individu.numero)
    propres = (*siens, *_organisations(individu.id), *(urlsplit(adresse("/")).hostname or "").split("."))
    if message := defaut(mot_de_passe, propres, minimum_pour(individu.id)):
        raise SaisieInvalide({"nouveau": [message]})
    if confirmation != mot_de_passe:
        raise SaisieInvalide({"confirmation": [textes.CONFIRMATION]})


def poser(individu: Individu, mot_de_passe: str) -> None:
    """Make it the password of this person, after `verifier_pour`, in the caller's transaction."""
    individu.mot_de_passe = hacher(mot_de_passe)
    individu.mot_de_passe_long = len(mot_de_passe) >= LONGUEUR_MIN_ADMINISTRATEUR


def minimum_pour(individu_id: int) -> int:
    """How long it must be: more for who holds an active administrateur role."""
    return LONGUEUR_MIN_ADMINISTRATEUR if facteurs_de(individu_id).administrateur else LONGUEUR_MIN


def defaut(mot_de_passe: str, propres: Iterable[str], minimum: int) -> str | None:
    """What is wrong with this password for a person whom `propres` names; None when it may be taken."""
    if not mot_de_passe:
        return textes.MOT_DE_PASSE_VIDE
    if len(mot_de_passe) > LONGUEUR_MAX:
        return textes.trop_long(LONGUEUR_MAX)
    if len(mot_de_passe) < minimum:
        return textes.trop_court(minimum, len(mot_de_passe))
    replie = _replier(mot_de_passe)
    if _courant(replie):
        return textes.COURANT
    return textes.PERSONNEL if _personnel(replie, propres) else None


def _courant(replie: str) -> bool:
    """On the list, or made of one common word, one sequence, one block repeated or a few characters."""
    lettres = "".join(c for c in replie if c.isalpha())
    return (
        replie in _courants()
        or (lettres in _courants() and len(replie) - len(lettres) < RESTE_MIN)
        or len(set(replie)) < _DISTINCTS_MIN
        or replie in (replie * 2)[1:-1]
        or any(replie in suite or replie[::-1] in suite for suite in _SUITES)
    )


def _personnel(replie: str, propres: Iterable[str]) -> bool:
    """Made of what everybody knows of the person, of their entités or of the site, digits for letters too."""
    connus = {mot for texte in (*propres, *_SITE) for mot in (cle(texte), *map(cle, texte.split()))}
    tailles = sorted((mot for mot in connus if len(mot) >= 3), key=len, reverse=True)
    en_lettres = _POUR_UNE_LETTRE.sub(lambda lu: lu[0].translate(_CHIFFRES), replie)
    return any(_tient_a(tailles, cle(lu)) for lu in (replie, en_lettres))


def _tient_a(connus: Iterable[str], lu: str) -> bool:
    """Whether one of these words is there, and too little besides: a few characters, or digits alone."""
    reste = lu
    for mot in connus:
        reste = reste.replace(mot, "")
    return reste != lu and (len(reste) < RESTE_MIN or reste.isdigit())


def _organisations(individu_id: int) -> list[str]:
    """The names of the entités where this person holds a role today, trade names included."""
    siennes = select(Role.entite_id).where(Role.individu_id == individu_id, en_cours(Role))
    raisons = select(Entite.raison_sociale).where(Entite.id.in_(siennes))
    noms = select(NomCommercial.libelle).where(NomCommercial.entite_id.in_(siennes))
    return list(db.session.scalars(raisons.union_all(noms)))


def _replier(texte: str) -> str:
    """Without case nor accents: « MotDePasse » and « motdepassé » are tried together."""
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join(c for c in decompose if not unicodedata.combining(c)).casefold()


@cache
def _courants() -> frozenset[str]:
    return frozenset(_COURANTS.read_text(encoding="utf-8").split())
