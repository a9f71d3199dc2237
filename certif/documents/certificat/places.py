"""Where everything on the certificate stands: A4 landscape, 842 by 595 points.

The inner rule of the frame is at 37.5 points from each edge; 8 mm of air lie between it and what is written,
6 mm between it and the QR code.
"""

from dataclasses import dataclass, replace

from certif.documents.rendu.mise_en_page import MARGE, Cadre

TITRE, NOM, COURANT, FORT, ITALIQUE = (
    "NotoSerifDisplay-Regular",
    "NotoSerif-Regular",
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSerif-Italic",
)
LARGEUR, HAUTEUR = 841.89, 595.28
FILET = 37.5
"""The inner rule of the frame, in points from each edge of the page."""
LIBELLE = "libelle-"
"""What the name of a label begins with; that of its value follows."""
_MM = 72 / 25.4
_GAUCHE, _HAUT, _DROITE = 60.3, 60.3, 781.6
_LARGEUR = _DROITE - _GAUCHE
_A_SIGNER = 488
"""Left of the column of who signs, and of the number above it."""


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


def _axe(haut: float, hauteur: float, police: str, *corps: float) -> Cadre:
    """A place across the page, around its middle; `corps` are the four sizes of `Cadre`, or the only one."""
    plein, plancher, serre, minimum = _quatre(corps)
    return Cadre(_GAUCHE, haut, _LARGEUR, hauteur, police, plein, plancher, serre, minimum, axe=True)


def _a_gauche(
    gauche: float, haut: float, largeur: float, hauteur: float, police: str, *corps: float
) -> Cadre:
    """A place whose lines begin at its top left; `corps` as above."""
    plein, plancher, serre, minimum = _quatre(corps)
    place = (gauche + MARGE, haut, largeur - MARGE, hauteur)
    return Cadre(*place, police, plein, plancher, serre, minimum, centre=False)


def _quatre(corps: tuple[float, ...]) -> tuple[float, ...]:
    return corps if len(corps) > 1 else corps * 4


def _mention(nom: str, gauche: float, haut: float, largeur: float, hauteur: float = 17) -> dict[str, Cadre]:
    """A value under its label."""
    return {
        f"{LIBELLE}{nom}": _a_gauche(gauche, haut, largeur, 10.3, COURANT, 7.5),
        nom: _a_gauche(gauche, haut + 10.3, largeur, hauteur, COURANT, 10.5, 8, 6, 3),
    }


PLACES: dict[str, Cadre] = {
    "entite": _axe(104, 21, FORT, 12.5, 11, 8, 4),
    "commercial": _axe(102.35, 17.9, FORT, 13, 11, 8, 4),
    "porteur": _axe(120.3, 12, COURANT, 8.5, 7.5, 6.5, 3.5),
    "annonce": _axe(136, 18, ITALIQUE, 13),
    "titre": _axe(154, 63, TITRE, 30, 22, 16, 7),
    "remise": _axe(220, 18, ITALIQUE, 13),
    "titulaire": _axe(239, 78, TITRE, 46, 30, 20, 7),
    "naissance": _axe(321, 17, COURANT, 12),
    "phrase": _axe(340, 18, COURANT, 12),
    "validite": _a_gauche(_GAUCHE, 370, 415, 28, TITRE, 20),
    "debut": _a_gauche(_GAUCHE, 398.5, 415, 14, COURANT, 9),
    "numero": _a_gauche(_A_SIGNER, 377.5, _DROITE - _A_SIGNER, 19, FORT, 13),
    "verification": _a_gauche(_A_SIGNER, 399, _DROITE - _A_SIGNER, 18, COURANT, 8.5, 7.5, 6, 5),
    **_mention("dispositif", _GAUCHE, 427, 205),
    **_mention("certificat", 270, 427, 206),
    **_mention("identification", _GAUCHE, 455, 205),
    **_mention("organisme", 270, 455, 206),
    **_mention("formateur", _GAUCHE, 483, 415),
    **_mention("lieu", _GAUCHE, 511, 415, 20),
    "emission": _a_gauche(_A_SIGNER, 424.5, 220, 14, COURANT, 9.5),
    "signataire": _a_gauche(_A_SIGNER, 510, 220, 13.8, COURANT, 10, 8, 5, 4),
    "qualite": _a_gauche(_A_SIGNER, 523.8, 220, 17, COURANT, 8.5, 7.5, 6, 4),
    "signature": _a_gauche(_A_SIGNER, 510, 220, 10.5, COURANT, 7.5),
}
CADRE_LOGO = Boite(331, _HAUT, 180, 42)
_COTE_QR = 66.0
_BORD_QR = FILET + 6 * _MM
CADRE_QR = Boite(
    round(LARGEUR - _BORD_QR - _COTE_QR, 2), round(HAUTEUR - _BORD_QR - _COTE_QR, 2), _COTE_QR, _COTE_QR
)

# Without a logo the names take its room.
_SANS_LOGO = PLACES | {
    "entite": replace(PLACES["entite"], haut=_HAUT + 8, hauteur=48, corps=18, plancher=12),
    "commercial": replace(PLACES["commercial"], haut=_HAUT + 4, hauteur=36, corps=18, plancher=12),
    "porteur": replace(PLACES["porteur"], haut=_HAUT + 42, hauteur=20, corps=10),
}


# Under a logo that says it, a name is a mention.
_NOM_DANS_LE_LOGO = PLACES | {
    "entite": _axe(108.5, 16, COURANT, 9, 8, 6.5, 4),
    "commercial": _axe(106, 13, COURANT, 9, 8, 6.5, 4),
    "porteur": _axe(119, 12, COURANT, 8.5, 7.5, 6.5, 3.5),
}


def place_de(nom: str, *, avec_logo: bool, logo_porte_le_nom: bool, corps_du_nom: float) -> Cadre:
    """Where this text stands; `corps_du_nom` is that of the holder's name, which the title stays under."""
    if nom == "titre":
        return titre_sous(corps_du_nom)
    if not avec_logo:
        return _SANS_LOGO[nom]
    return (_NOM_DANS_LE_LOGO if logo_porte_le_nom else PLACES)[nom]


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
