"""The head that documents of several pages share, and the sizes of their sheets."""

from dataclasses import dataclass

from certif.documents.de_session.entete import EnTete
from certif.documents.rendu.mise_en_page import Bloc, Cadre
from certif.documents.rendu.pages import COURANT, FORT, INTERLIGNE, colonne, jour, poser

PORTRAIT, PAYSAGE = (595.28, 841.89), (841.89, 595.28)
_REFERENCE = 176


@dataclass(frozen=True, slots=True)
class Tete:
    """Who issues the document, and which session it is about, on the right."""

    entite: Bloc
    reference: tuple[Bloc, ...]


def tete(e: EnTete, largeur: float) -> Tete:
    """The head of every page. Raises RenduImpossible."""
    place = Cadre(0, 0, largeur - 80 - 190, 28, FORT, 10.5, 8.5, 8, 4, INTERLIGNE, centre=False)
    fin = f"terminée le {jour(e.date_fin)}" if e.date_fin else ""
    lignes = (f"Session de certification n°{e.session_numero}", e.certificat_libelle, fin)
    return Tete(
        poser("raison sociale", e.organisme, place),
        tuple(poser("certificat", [ligne], colonne(_REFERENCE, hauteur=24)) for ligne in lignes if ligne),
    )


def fait(quoi: str, texte: str, largeur: float) -> tuple[str, Bloc]:
    """A label and its value, for the facts at the top of the first page. Raises RenduImpossible."""
    return quoi, poser(quoi.lower(), [texte], colonne(largeur, 9.5, COURANT, 40))


def pied(texte: str, largeur: float, corps: float = 7) -> Bloc:
    """What stands at the foot of every page, beside its number. Raises RenduImpossible."""
    place = Cadre(0, 0, largeur - 80 - 100, 30, COURANT, corps, corps, corps, 5, INTERLIGNE)
    return poser("bas de page", [texte], place)
