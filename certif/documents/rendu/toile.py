"""A document drawn without the engine: pages of texts and strokes, in faces embedded as it embeds them."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.cloture import ENTETE, finir, references
from certif.documents.rendu.mise_en_page import A_PEU_PRES, hauteurs, largeur
from certif.documents.rendu.objets import Objets, chaine, flux
from certif.documents.rendu.polices_reduites import Polices

MILIEU, DROITE = 0.5, 1.0
_BLANCS = " \u00a0"
"""Those that the engine draws as one space each, as long as they stand alone."""


@dataclass(frozen=True, slots=True)
class Texte:
    """Lines one under the other, as the engine sets them; `interligne` is the line-height of a template.

    `alignement` is the part of the white that stands before them; `dans`, the size of their paragraph where
    they have another.
    """

    lignes: tuple[str, ...]
    police: str
    corps: float
    interligne: float
    couleur: str
    alignement: float = 0.0
    dans: float = 0.0

    @property
    def pas(self) -> float:
        """Height of a line: five sixths of the line-height over it, one under, or what the face takes."""
        haut, bas = hauteurs(self.police)
        return max(haut * self.corps, self.interligne * 5 / 6) + max(bas * self.corps, self.interligne / 6)

    @property
    def hauteur(self) -> float:
        return self.pas * len(self.lignes)

    @property
    def base(self) -> float:
        """From the bottom of a line to where its letters stand."""
        return self.pas - hauteurs(self.police)[0] * (self.dans or self.corps)


@dataclass(frozen=True, slots=True)
class _Ligne:
    """A line to be shown, once every letter of its face is known."""

    texte: str
    police: str
    corps: float


@dataclass(slots=True)
class _Page:
    """What draws a page, in order, and the pictures that it shows."""

    dessin: list[str | _Ligne] = field(default_factory=list)
    images: list[tuple[int, bytes]] = field(default_factory=list)


class Toile:
    """Pages drawn one after the other, in points from their bottom left corner."""

    def __init__(
        self, taille: tuple[float, float], emis_le: date, titre: str, auteur: str, sujet: str = ""
    ) -> None:
        self._taille = taille
        jour = f"(D:{emis_le:%Y%m%d}000000+00'00')".encode("ascii")
        self._infos = {
            b"Title": chaine(titre),
            b"Author": chaine(auteur),
            b"Subject": chaine(sujet),
            b"Producer": b"(Certif)",
            b"CreationDate": jour,
            b"ModDate": jour,
        }
        self._pages = [_Page()]
        self._signets: list[tuple[str, int]] = []

    def operateurs(self, operateurs: str) -> None:
        """Draw with the operators of PDF."""
        self._pages[-1].dessin.append(operateurs)

    def texte(self, x: float, y: float, t: Texte, place: float) -> None:
        """Draw it with its bottom left corner there, in a column of this width.

        Raises:
            RenduImpossible: the engine would not draw these lines as they are.
        """
        if not any(t.lignes):
            return
        dessin, pas = self._pages[-1].dessin, t.pas
        y_ligne = t.base + pas * len(t.lignes)
        dessin.append(f"q 1 0 0 1 {nombres(x, y)} cm BT {rgb(t.couleur)} rg")
        for ligne in t.lignes:
            y_ligne -= pas
            reste = place - largeur(ligne, t.police, t.corps)
            if reste < A_PEU_PRES or not _se_trace(ligne):
                raise RenduImpossible("Une ligne de texte ne peut pas être tracée.")
            dessin.append(f"1 0 0 1 {nombres(reste * t.alignement, y_ligne)} Tm")
            dessin.append(_Ligne(ligne, t.police, t.corps))
        dessin.append("ET Q")

    def traits(self, segments: Iterable[Sequence[float]], couleur: str, epaisseur: float) -> None:
        """Strokes one by one: x and y of one end, then of the other."""
        traces = "".join(f"\nn {nombres(a, b)} m {nombres(c, d)} l S" for a, b, c, d in segments)
        self.operateurs(f"{rgb(couleur)} RG {epaisseur:g} w{traces}")

    def fonds(self, boites: Iterable[Sequence[float]], couleur: str) -> None:
        """Boxes in one colour: x, y, width, height."""
        traces = "".join(f"\nn {nombres(*boite)} re f*" for boite in boites)
        self.operateurs(f"{rgb(couleur)} rg{traces}")

    def image(self, cote: int, bits: bytes, x: float, y: float, taille: float) -> None:
        """A square picture in black and white, of so many pixels, with its bottom left corner there."""
        images = self._pages[-1].images
        self.operateurs(f"q {nombres(taille)} 0 0 {nombres(taille, x, y)} cm /I{len(images)} Do Q")
        images.append((cote, bits))

    def signet(self, titre: str) -> None:
        """Have a bookmark lead to this page."""
        self._signets.append((titre, len(self._pages) - 1))

    def fin_de_page(self) -> None:
        self._pages.append(_Page())

    def octets(self) -> bytes:
        """The file of the pages that were ended; the same data give the same bytes."""
        pages, objets = self._pages[:-1], Objets(ENTETE)
        arbre, infos = objets.reserver(), objets.reserver()
        polices = _polices(pages)
        fontes = objets.ecrire(polices.ecrire(objets))
        feuilles = [self._ecrire_la_page(objets, page, polices, fontes, arbre) for page in pages]
        objets.ecrire(
            b"<< /Type /Pages /Kids [%b] /Count %d >>" % (references(feuilles), len(feuilles)), arbre
        )
        objets.ecrire(b"<< " + b" ".join(b"/%b %b" % paire for paire in self._infos.items()) + b" >>", infos)
        return finir(objets, arbre, infos, [(titre, feuilles[rang]) for titre, rang in self._signets])

    def _ecrire_la_page(self, objets: Objets, page: _Page, polices: Polices, fontes: int, arbre: int) -> int:
        dessin = "\n".join(
            morceau
            if isinstance(morceau, str)
            else polices.montrer(morceau.texte, morceau.police, morceau.corps)
            for morceau in page.dessin
        )
        contenu = objets.ecrire(_comprime(dessin.encode("ascii")))
        images = b" ".join(
            b"/I%d %d 0 R" % (rang, objets.ecrire(_image(*image))) for rang, image in enumerate(page.images)
        )
        return objets.ecrire(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %b] /Contents %d 0 R "
            b"/Resources << /Font %d 0 R /XObject << %b >> >> >>"
            % (arbre, nombres(*self._taille).encode("ascii"), contenu, fontes, images)
        )


def _polices(pages: Iterable[_Page]) -> Polices:
    """The faces of these pages, with the letters that they show."""
    lettres: dict[str, set[str]] = {}
    for page in pages:
        for morceau in page.dessin:
            if isinstance(morceau, _Ligne):
                lettres.setdefault(morceau.police, set()).update(morceau.texte)
    return Polices(lettres)


def _image(cote: int, bits: bytes) -> bytes:
    attributs = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray "
    )
    return _comprime(bits, attributs % (cote, cote))


def _comprime(octets: bytes, attributs: bytes = b"") -> bytes:
    return flux(zlib.compress(octets), attributs + b"/Filter /FlateDecode ")


def nombres(*valeurs: float) -> str:
    """Numbers as the engine writes them: to the seventh figure. Two roundings may fall on two pixels."""
    return " ".join(
        f"{v:.{6 if -10 < v < 10 else 5 if -100 < v < 100 else 4}f}".rstrip("0").rstrip(".") for v in valeurs
    )


@cache
def rgb(couleur: str) -> str:
    """A colour of a template (`#124e5b`) as three numbers."""
    return nombres(*(octet / 255 for octet in bytes.fromhex(couleur[1:])))


def _se_trace(ligne: str) -> bool:
    """Whether the engine draws this line as it is typed: HTML drops spaces that follow another."""
    return ligne == " ".join(filter(None, ligne.split(" "))) and not any(
        c.isspace() and c not in _BLANCS for c in ligne
    )
