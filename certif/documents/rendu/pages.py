"""Documents of several pages: every text measured for its column, laid out, then looked for in the file."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.caracteres import imprimable
from certif.documents.rendu.finition import finir
from certif.documents.rendu.mise_en_page import Bloc, Cadre, TropLong, composer
from certif.documents.rendu.moteur import mettre_en_page
from certif.documents.rendu.pages_lues import textes_lus

COURANT, FORT, SERIF, TITRE = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSerif-Regular",
    "NotoSerifDisplay-Regular",
)
INTERLIGNE = 1.37
"""The engine never sets lines closer than the faces' own height."""
_HAUTEUR_MAX = 84.0
"""No cell is higher: rows stay in the page, however long a text is."""
T = TypeVar("T")


def colonne(largeur: float, corps: float = 9, police: str = COURANT, hauteur: float = _HAUTEUR_MAX) -> Cadre:
    """How a text stands in a column of this width, in points: a little smaller, then on more lines."""
    plancher = round(corps * 0.85 * 2) / 2
    return Cadre(0, 0, largeur, hauteur, police, corps, plancher, plancher, 4.5, INTERLIGNE, centre=False)


def poser(quoi: str, morceaux: Iterable[str], cadre: Cadre) -> Bloc:
    """A text laid out in its place; `quoi` names it in the refusal.

    Raises:
        RenduImpossible: a character cannot be printed, or the text does not fit.
    """
    textes = [m for m in morceaux if m]
    if refuses := imprimable("".join(textes)):
        codes = ", ".join(f"U+{ord(c):04X}" for c in refuses[:5])
        raise RenduImpossible(f"Un caractère ne peut pas être imprimé ({quoi})\u00a0: {codes}.")
    try:
        return composer(textes, cadre)
    except TropLong as trop_long:
        raise RenduImpossible(f"Un texte est trop long pour être imprimé ({quoi}).") from trop_long


def en_nfc(valeur: T) -> T:
    """The same value with composed letters, through tuples and frozen dataclasses: the engine needs them."""
    rendu: Any = valeur
    if isinstance(valeur, str):
        rendu = unicodedata.normalize("NFC", valeur)
    elif isinstance(valeur, tuple):
        rendu = tuple(en_nfc(element) for element in valeur)
    elif is_dataclass(valeur) and not isinstance(valeur, type):
        lus = {champ.name: getattr(valeur, champ.name) for champ in fields(valeur)}
        changes = {nom: neuf for nom, lu in lus.items() if (neuf := en_nfc(lu)) != lu}
        rendu = replace(valeur, **changes) if changes else valeur
    return cast(T, rendu)


def jour(date_: date | None) -> str:
    """`10/06/2026`, or "" without a date."""
    return f"{date_.day:02}/{date_.month:02}/{date_.year:04}" if date_ else ""


def imprimer(gabarit: str, emis_le: date, attendus: Iterable[str], **valeurs: Any) -> bytes:
    """The PDF of a template, in which every expected text was read back.

    Raises:
        RenduImpossible: something was left out, by the engine or on the way.
    """
    pdf = finir(mettre_en_page(gabarit, emis_le, **valeurs))
    relire(pdf, attendus)
    return pdf


def relire(pdf: bytes, attendus: Iterable[str]) -> None:
    """Check that each expected text is in a file, as often as it is expected.

    Raises:
        RenduImpossible: one is missing, or an empty page stands in the file.
    """
    verifier(textes_lus(pdf), attendus)


def verifier(lues: Iterable[str], attendus: Iterable[str]) -> None:
    """The same of pages that were read already, whatever their blanks."""
    pages = ["".join(lue.split()) for lue in lues]
    tout = "".join(pages)
    compte = Counter("".join(a.split()) for a in attendus)
    absents = [texte for texte, fois in compte.items() if texte and tout.count(texte) < fois]
    if absents or not all(pages):
        raise RenduImpossible("Le document ne se relit pas tel qu’il a été demandé.", f"{len(absents)}")


def textes(blocs: Iterable[Bloc]) -> list[str]:
    """What these blocks say, to be read back."""
    return ["".join(bloc.lignes) for bloc in blocs]
