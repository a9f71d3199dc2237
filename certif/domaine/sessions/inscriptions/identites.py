"""Nom and prénom that stand in one cell: told apart by their capitals, or by an order that is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from certif.domaine.noms import cle

_CIVILITE = re.compile(
    r"(?:m|mr|mme|mlle|melle|monsieur|madame|mademoiselle|dr|docteur|pr)\b\.?\s+(?=[^\W\d_])", re.IGNORECASE
)
_RANG = re.compile(r"(?:\(?[0-9]{1,4}\s*(?:[.)°/:\-–—]+\s*|\s)|[-–—•*·▪►☐✓]+\s*)(?=[^\W\d_])")
_PARTICULES = frozenset(
    (
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "van",
        "von",
        "der",
        "den",
        "el",
        "al",
        "ben",
        "da",
        "dos",
        "di",
    )
)
_ETAT_CIVIL = frozenset(("nee", "ne", "epouse", "ep", "veuve", "vve"))
_FIN = ",;:"


class Ordre(Enum):
    """Which comes first in a cell that holds both."""

    NOM = auto()
    PRENOM = auto()


class Doute(Enum):
    """Why a cell is not told apart: the order is not known, or it is and the words are too many."""

    ORDRE = auto()
    COUPE = auto()


@dataclass(frozen=True, slots=True)
class Noms:
    """Nom and prénom as they stand, or the whole in `nom` with the doubt."""

    nom: str
    prenom: str
    doute: Doute | None = None


def sans_ornements(texte: str) -> str:
    """The cell without its number, its bullet, its civility, and the commas at its ends."""
    texte = texte.strip().strip(_FIN).strip()
    texte = _RANG.sub("", texte, count=1) if _RANG.match(texte) else texte
    texte = _CIVILITE.sub("", texte, count=1) if _CIVILITE.match(texte) else texte
    return texte.strip().strip(_FIN).strip()


def separer(texte: str, ordre: Ordre | None = None) -> Noms:
    """« DUPONT Marie », « Marie de LA TOUR »: the words in capitals are the nom, on either side.

    Where capitals say nothing, `ordre` does, as long as it leaves one way to cut.
    """
    mots = texte.split()
    if len(mots) < 2:
        return Noms(texte, "")
    forts = [rang for rang, mot in enumerate(mots) if en_capitales(mot)]
    if forts and len(forts) < len(mots):
        par_les_capitales = _par_les_capitales(mots, forts)
        if par_les_capitales is not None:
            return par_les_capitales
        return Noms(texte, "", Doute.COUPE)
    if ordre is None:
        return Noms(texte, "", Doute.ORDRE)
    coupe = _coupe(mots, ordre)
    if coupe is None:
        return Noms(texte, "", Doute.COUPE)
    devant, derriere = " ".join(mots[:coupe]), " ".join(mots[coupe:])
    return Noms(devant, derriere) if ordre is Ordre.NOM else Noms(derriere, devant)


def en_capitales(mot: str) -> bool:
    """Two letters or more whose last two are capitals: McDONALD, d'ALMEIDA, JEAN-PIERRE."""
    lettres = [c for c in mot if c.isalpha()]
    return len(lettres) > 1 and all(c.upper() == c and c.lower() != c for c in lettres[-2:])


def _par_les_capitales(mots: Sequence[str], forts: Sequence[int]) -> Noms | None:
    debut, fin = forts[0], forts[-1] + 1
    if any(
        rang not in forts and cle(mots[rang]) not in _PARTICULES | _ETAT_CIVIL for rang in range(debut, fin)
    ):
        return None
    while debut and mots[debut - 1].islower() and cle(mots[debut - 1]) in _PARTICULES:
        debut -= 1
    if debut and fin < len(mots):
        return None
    return Noms(" ".join(mots[debut:fin]), " ".join([*mots[:debut], *mots[fin:]]))


def _coupe(mots: Sequence[str], ordre: Ordre) -> int | None:
    """Where the second begins, if there is one way: a word on each side, with the particles of the nom."""
    pleins = [rang for rang, mot in enumerate(mots) if cle(mot) not in _PARTICULES]
    if len(pleins) != 2 or pleins[1] != len(mots) - 1:
        return None
    if ordre is Ordre.NOM:
        return pleins[1] if pleins[1] == pleins[0] + 1 else None
    return 1 if pleins[0] == 0 else None
