"""Where everything on the certificate stands: A4 landscape, 842 by 595 points."""

from dataclasses import dataclass, replace

from certif.documents.rendu.mise_en_page import Cadre

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
PLACES_AU_NOM_COMMERCIAL: dict[str, Cadre] = {
    "commercial": Cadre(91, 83, 660, 20, FORT, 14, 11, 8, 4),
    "porteur": Cadre(91, 104, 660, 12, COURANT, 8.5, 7.5, 6.5, 3.5),
}
"""In the place of the raison sociale, the trade name and whose it is."""
CADRE_LOGO = Boite(331, 46, 180, 42)
CADRE_LOGO_AU_NOM_COMMERCIAL = Boite(331, 44, 180, 36)
CADRE_QR = Boite(702, 484, 64, 64)


# Without a logo the names take its room.
_AVEC_LOGO = PLACES | PLACES_AU_NOM_COMMERCIAL
_SANS_LOGO = _AVEC_LOGO | {
    "entite": replace(PLACES["entite"], haut=CADRE_LOGO.haut + 12, hauteur=40, corps=16, plancher=12),
    "commercial": replace(
        _AVEC_LOGO["commercial"], haut=CADRE_LOGO.haut + 8, hauteur=32, corps=17, plancher=12
    ),
    "porteur": replace(_AVEC_LOGO["porteur"], haut=CADRE_LOGO.haut + 42, hauteur=20, corps=10),
}


def place_de(nom: str, *, avec_logo: bool, corps_du_nom: float) -> Cadre:
    """Where this text stands; `corps_du_nom` is that of the holder's name, which the title stays under."""
    if nom == "titre":
        return titre_sous(corps_du_nom)
    return (_AVEC_LOGO if avec_logo else _SANS_LOGO)[nom]


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
