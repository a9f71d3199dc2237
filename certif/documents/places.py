"""Where every variable text of the certificate stands: A4 landscape, 842 by 595 points."""

from dataclasses import replace

from certif.documents.mise_en_page import Cadre

TITRE, NOM, COURANT, FORT = (
    "NotoSerifDisplay-Regular",
    "NotoSerif-Regular",
    "NotoSans-Regular",
    "NotoSans-Bold",
)
_COLONNES = (76, 252, 428, 604)
_LARGEUR_COLONNE = 162


def _mention(colonne: int, rangee: int) -> Cadre:
    return Cadre(
        _COLONNES[colonne],
        (416, 468)[rangee],
        _LARGEUR_COLONNE,
        30,
        COURANT,
        10.5,
        9,
        8,
        4,
        1.25,
        centre=False,
    )


PLACES: dict[str, Cadre] = {
    "entite": Cadre(91, 54, 660, 30, FORT, 13, 11, 9, 5),
    "titre": Cadre(91, 118, 660, 56, TITRE, 28, 22, 16, 7, 1.15),
    "titulaire": Cadre(81, 214, 680, 104, NOM, 46, 30, 20, 8, 1.15),
    "naissance": Cadre(91, 322, 660, 18, COURANT, 12, 12, 12, 12),
    "phrase": Cadre(121, 346, 600, 36, COURANT, 12, 11, 10, 6, 1.4),
    "dispositif": _mention(0, 0),
    "certificat": _mention(1, 0),
    "identification": _mention(2, 0),
    "lieu": _mention(3, 0),
    "organisme": _mention(0, 1),
    "formateur": _mention(1, 1),
    "validite": _mention(2, 1),
    "emission": _mention(3, 1),
    "numero": Cadre(221, 522, 400, 16, FORT, 11, 11, 11, 11),
    "verification": Cadre(121, 538, 600, 14, COURANT, 8.5, 7, 7, 5),
}


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
