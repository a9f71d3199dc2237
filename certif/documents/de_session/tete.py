"""What documents of several pages share: their sheets, their head and foot, their facts, what is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from certif.documents.de_session.entete import EnTete
from certif.documents.rendu.mise_en_page import Bloc, Cadre
from certif.documents.rendu.pages import COURANT, FORT, INTERLIGNE, colonne, jour, poser

PORTRAIT, PAYSAGE = (595.28, 841.89), (841.89, 595.28)
TITRES = 21.0
"""Height of the headings of a table, when they take one line."""
_HAUT, _BAS = 97.0, 60.0
"""What the head and the foot leave above and under the body of a page."""
_REFERENCE = 176
_LIBELLE = 10.5
_SOUS_UN_FAIT = 6.0
_SUR_LA_SIGNATURE, _POUR_SIGNER = 9.0, 27.0


@dataclass(frozen=True, slots=True)
class Tete:
    """Who issues the document, and which session it is about, on the right."""

    entite: Bloc
    reference: tuple[Bloc, ...]


Fait = tuple[str, Bloc]


@dataclass(frozen=True, slots=True)
class Rangee:
    """Facts that stand side by side, and how high."""

    hauteur: float
    faits: Sequence[Fait]


@dataclass(frozen=True, slots=True)
class Champ:
    """A place to sign or to write, under its label; `dit` already stands there, if something does."""

    libelle: str
    largeur: float
    dit: Bloc | None = None

    @property
    def blanc(self) -> float:
        """White over the line, or over what is said on it."""
        return round(_POUR_SIGNER - (hauteur_de(self.dit) if self.dit else 12), 2)


def habillage(
    e: EnTete, titre: str, taille: tuple[float, float], sous: str, corps: float = 7.5
) -> dict[str, Any]:
    """What `document.html` reads; `sous` stands at the foot, in this size. Raises RenduImpossible."""
    largeur, hauteur = taille
    return {
        "e": e,
        "titre": titre,
        "largeur": largeur,
        "hauteur": hauteur,
        "haut": _HAUT,
        "corps": hauteur_utile(hauteur),
        "tete": _tete(e, largeur),
        "sous": _pied(sous, largeur, corps),
        "titres": TITRES,
        "signer": {"avant": _SUR_LA_SIGNATURE, "hauteur": hauteur_a_signer(1) - _SUR_LA_SIGNATURE},
    }


def hauteur_utile(hauteur: float) -> float:
    """What a page of this height leaves to its body."""
    return round(hauteur - _HAUT - _BAS, 2)


def hauteur_a_signer(rangees: int) -> float:
    """Height of so many rows of `Champ`."""
    return rangees * (_SUR_LA_SIGNATURE + _LIBELLE + _POUR_SIGNER + 2)


def hauteur_de(bloc: Bloc) -> float:
    """Height of a text in its column."""
    return bloc.pas * len(bloc.lignes)


def ranger_les_faits(faits: Sequence[Fait], colonnes: int) -> list[Rangee]:
    """These facts, so many on a row, each row with its height."""
    rangees = [faits[i : i + colonnes] for i in range(0, len(faits), colonnes)]
    return [
        Rangee(round(_LIBELLE + max(hauteur_de(bloc) for _, bloc in faits) + _SOUS_UN_FAIT, 2), faits)
        for faits in rangees
    ]


def fait(quoi: str, texte: str, largeur: float) -> Fait:
    """A label and its value, for the facts at the top of the first page. Raises RenduImpossible."""
    return quoi, poser(quoi.lower(), [texte], colonne(largeur, 9.5, COURANT, 40))


def _tete(e: EnTete, largeur: float) -> Tete:
    place = Cadre(0, 0, largeur - 80 - 190, 28, FORT, 10.5, 8.5, 8, 4, INTERLIGNE, centre=False)
    fin = f"fin le {jour(e.date_fin)}" if e.date_fin else ""
    lignes = (f"Session de certification n°{e.session_numero}", e.certificat_libelle, fin)
    return Tete(
        poser("raison sociale", e.organisme, place),
        tuple(poser("certificat", [ligne], colonne(_REFERENCE, hauteur=24)) for ligne in lignes if ligne),
    )


def _pied(texte: str, largeur: float, corps: float) -> Bloc:
    place = Cadre(0, 0, largeur - 80 - 100, 30, COURANT, corps, corps, corps, 5, INTERLIGNE)
    return poser("bas de page", [texte], place)
