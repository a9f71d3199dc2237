"""Where everything on the certificate stands: A4 landscape, 842 by 595 points."""

from dataclasses import dataclass, replace

from certif.documents.mise_en_page import Cadre

TITRE, NOM, COURANT, FORT = (
    "NotoSerifDisplay-Regular",
    "NotoSerif-Regular",
    "NotoSans-Regular",
    "NotoSans-Bold",
)
_COLONNES = (76, 252, 428, 604)
_LARGEUR_COLONNE = 162


@dataclass(frozen=True, slots=True)
class Boite:
    """A place for a picture, in points from the top left corner of the page."""

    gauche: float
    haut: float
    largeur: float
    hauteur: float

    def contenir(self, largeur: float, hauteur: float) -> "Boite":
        """The largest box of these proportions in this one, in its middle."""
        echelle = min(self.largeur / largeur, self.hauteur / hauteur)
        large, haute = largeur * echelle, hauteur * echelle
        gauche, haut = self.gauche + (self.largeur - large) / 2, self.haut + (self.hauteur - haute) / 2
        return Boite(round(gauche, 2), round(haut, 2), round(large, 2), round(haute, 2))


def _mention(colonne: int, haut: float, hauteur: float = 32) -> Cadre:
    return Cadre(_COLONNES[colonne], haut, _LARGEUR_COLONNE, hauteur, COURANT, 10.5, 9, 8, 3.5, centre=False)


_RANGEES = (402, 446)

PLACES: dict[str, Cadre] = {
    "entite": Cadre(91, 92, 660, 22, FORT, 12.5, 11, 8, 4),
    "titre": Cadre(91, 138, 660, 56, TITRE, 28, 22, 16, 7),
    "titulaire": Cadre(81, 216, 680, 94, NOM, 46, 30, 20, 7),
    "naissance": Cadre(91, 312, 660, 18, COURANT, 12, 12, 12, 12),
    "phrase": Cadre(121, 334, 600, 36, COURANT, 12, 11, 10, 6, 1.4),
    "dispositif": _mention(0, _RANGEES[0]),
    "certificat": _mention(1, _RANGEES[0]),
    "identification": _mention(2, _RANGEES[0]),
    "lieu": _mention(3, _RANGEES[0]),
    "organisme": _mention(0, _RANGEES[1]),
    "formateur": _mention(1, _RANGEES[1]),
    "validite": _mention(2, _RANGEES[1]),
    "emission": _mention(3, _RANGEES[1]),
    "signataire": _mention(0, 494, 15),
    "qualite": Cadre(_COLONNES[0], 509, _LARGEUR_COLONNE, 20, COURANT, 8.5, 7, 7, 4, centre=False),
    "numero": Cadre(252, 506, 338, 16, FORT, 11, 11, 11, 11),
    "verification": Cadre(246, 524, 350, 22, COURANT, 8.5, 7, 7, 5),
}
CADRE_LOGO = Boite(331, 46, 180, 42)
CADRE_QR = Boite(702, 484, 64, 64)


def sans_logo(entite: Cadre) -> Cadre:
    """The organisation's name takes the room that a logo would have."""
    return replace(entite, haut=CADRE_LOGO.haut + 12, hauteur=40, corps=16, plancher=12)


def titre_sous(corps_du_nom: float) -> Cadre:
    """The place of the title when the holder's name has that size: always a smaller one."""
    place = PLACES["titre"]
    plafond = corps_du_nom - 2
    return replace(
        place,
        corps=min(place.corps, plafond),
        plancher=min(place.plancher, plafond),
        serre=min(place.serre, plafond),
    )
