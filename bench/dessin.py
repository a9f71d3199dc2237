"""The design of a certificate as plain texts at their places, for the engines that are not ours.

They are given what costs them nothing to share: the texts already measured, and what all the certificates of
a session have in common told apart. The places of the lines are those of the layout engine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.donnees import LOGO
from certif.documents.certificat.composition import Compositeur, Composition
from certif.documents.certificat.encres import COULEURS
from certif.documents.certificat.places import CADRE_LOGO
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.moteur import GABARITS

LARGEUR, HAUTEUR = 841.89, 595.28
ENCRE, FILET = COULEURS["secourisme"]
CADRE = (GABARITS / "cadre.svg").read_text("utf-8").replace("#124e5b", ENCRE).replace("#8fa9af", FILET)
PLACE_LOGO = CADRE_LOGO.contenir(*(int.from_bytes(LOGO[i : i + 4]) for i in (16, 20)))
"""Its width and height in pixels are in the header that every PNG begins with."""
_ASCENSION = 1.069
"""From the top of a line to its baseline, in sizes of the text, as the layout engine sets it."""
_TEINTES = {
    **dict.fromkeys(("entite", "titre", "validite", "numero"), ENCRE),
    **dict.fromkeys(("annonce", "remise", "debut", "qualite"), "#44565c"),
    "titulaire": "#10181b",
    "libelle": "#4d5f65",
}


@dataclass(frozen=True, slots=True)
class Texte:
    """One line: `x` is where it begins, or its middle if `centre`; `y` its baseline, from the top."""

    texte: str
    police: str
    corps: float
    couleur: str
    x: float
    y: float
    centre: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What one certificate alone says."""

    donnees: DonneesCertificat
    textes: tuple[Texte, ...]


def dessiner(donnees: Sequence[DonneesCertificat]) -> tuple[list[Texte], list[Page]]:
    """The texts that all of them share, and those of each."""
    compositeur = Compositeur()
    compositions = [compositeur.composer(d) for d in donnees]
    premiere = compositions[0].blocs
    communs = {nom for nom, bloc in premiere.items() if all(c.blocs.get(nom) == bloc for c in compositions)}
    fond = [t for nom in communs for t in _textes(nom, premiere[nom])]
    return fond, [_page(composition, communs) for composition in compositions]


def matrices(donnees: Sequence[DonneesCertificat]) -> Callable[[str], list[str]]:
    """What draws their QR codes the fastest: ours."""
    return qr.dessinateur(d.adresse_verification or "" for d in donnees)


def chemin(rangees: list[str]) -> str:
    """A QR code as the path of its strokes, one module high."""
    return "".join(f"M{debut} {y}.5H{fin}" for debut, fin, y in qr.traits(rangees))


def _page(composition: Composition, communs: set[str]) -> Page:
    propres = (t for nom, bloc in composition.blocs.items() if nom not in communs for t in _textes(nom, bloc))
    return Page(composition.d, tuple(propres))


def _textes(nom: str, bloc: Bloc) -> Iterator[Texte]:
    centre, couleur = bloc.cadre.axe, _TEINTES.get(nom.partition("-")[0], "#1d2b30")
    x = bloc.gauche + bloc.largeur / 2 if centre else bloc.gauche
    for rang, ligne in enumerate(bloc.lignes):
        y = bloc.haut + rang * bloc.pas + _ASCENSION * bloc.corps
        yield Texte(ligne, bloc.cadre.police, bloc.corps, couleur, x, y, centre)
