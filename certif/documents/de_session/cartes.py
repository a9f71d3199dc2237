"""Pocket cards of 85.6 by 54 mm, ten on an A4 sheet, with crop marks in its margins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from certif.documents.certificat.encres import couleurs
from certif.documents.de_session.recueil import assembler
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import Bloc, Cadre
from certif.documents.rendu.pages import (
    COURANT,
    FORT,
    INTERLIGNE,
    SERIF,
    TITRE,
    colonne,
    en_nfc,
    imprimer,
    jour,
    poser,
    textes,
)

MM = 72 / 25.4
LARGEUR, HAUTEUR = 85.6 * MM, 54 * MM
PAR_PAGE = 10
_GAUCHE, _HAUT = 19.4 * MM, 13.5 * MM
"""The first corner; `reperes.svg` draws the marks of the same grid, in millimetres."""


def _place(
    gauche: float,
    haut: float,
    largeur: float,
    hauteur: float,
    police: str,
    corps: float,
    plancher: float,
    serre: float,
    minimum: float,
) -> Cadre:
    return Cadre(gauche, haut, largeur, hauteur, police, corps, plancher, serre, minimum, INTERLIGNE)


# Within the card, from its top left corner: nothing comes near an edge, whatever the scissors do.
_BORD = 14.0
_TOUT = LARGEUR - 2 * _BORD
COTE_QR = 14 * MM
"""Side of the code, without the white that it needs around it."""
_QR = (LARGEUR - _BORD - COTE_QR, HAUTEUR - _BORD - COTE_QR)
_A_COTE = _QR[0] - _BORD - 10
"""Width of what stands beside the code."""
_TRAIT = 57.5

_PLACES = {
    "entite": _place(_BORD, 11, _TOUT, 15, FORT, 8.5, 7.5, 6, 3),
    "titre": _place(_BORD, 27, _TOUT, 28, TITRE, 15, 11, 9, 3.5),
}
_PLACES_AU_NOM_COMMERCIAL = {
    "commercial": _place(_BORD, 11, _TOUT, 12, FORT, 8.5, 7.5, 5, 2.5),
    "porteur": _place(_BORD, 22.5, _TOUT, 13, COURANT, 7.5, 6, 4.5, 2.5),
    "titre": _place(_BORD, 35, _TOUT, 21, TITRE, 14, 11, 8, 3),
}
_AU_BAS = {
    "site": colonne(_A_COTE, 7.5, COURANT, 20),
    "numero": colonne(_A_COTE, 8.5, FORT, 26),
    "validite": colonne(_A_COTE, 8, COURANT, 12),
    "naissance": colonne(_A_COTE, 8, COURANT, 12),
}
"""From the last line up, each on the one below; the holder's name has the room that they leave."""


@dataclass(frozen=True, slots=True)
class _Carte:
    """A card at its place on the sheet: its texts, its code if it has one, the colours of its family."""

    gauche: float
    haut: float
    blocs: tuple[tuple[str, Bloc], ...]
    qr: str | None
    encre: str
    filet: str


def coin(rang: int) -> tuple[float, float]:
    """Top left corner of the card of this rank (0–9) on its sheet, in points: by rows, left then right."""
    rangee, colonne = divmod(rang, 2)
    return _GAUCHE + colonne * LARGEUR, _HAUT + rangee * HAUTEUR


def rendre_cartes(certificats: Sequence[DonneesCertificat], session_numero: int, emis_le: date) -> bytes:
    """The sheets of the cards of these certificates, in their order; there must be one at least.

    Raises:
        RenduImpossible: a text cannot be printed, or does not read back.
    """
    donnees = en_nfc(tuple(certificats))
    titre, entite = f"Cartes de la session n°{session_numero}", donnees[0].entite
    # A sheet at a time: the engine puts whatever has a place of its own on the first page of a document.
    feuilles = [
        _feuille(donnees[i : i + PAR_PAGE], emis_le, titre=titre, entite=entite)
        for i in range(0, len(donnees), PAR_PAGE)
    ]
    return feuilles[0] if len(feuilles) == 1 else assembler(feuilles, titre, entite)


def _feuille(donnees: Sequence[DonneesCertificat], emis_le: date, **valeurs: str) -> bytes:
    cartes = [_carte(rang, d) for rang, d in enumerate(donnees)]
    attendus = [texte for carte in cartes for texte in textes(bloc for _, bloc in carte.blocs)]
    return imprimer(
        "cartes.html",
        emis_le,
        attendus,
        cartes=cartes,
        trait={"gauche": _BORD, "haut": _TRAIT, "largeur": round(_TOUT, 2)},
        code={"gauche": round(_QR[0], 2), "haut": round(_QR[1], 2), "cote": round(COTE_QR, 2)},
        **valeurs,
    )


def _carte(rang: int, d: DonneesCertificat) -> _Carte:
    gauche, haut = coin(rang)
    adresse, dits = d.adresse_verification, _dits(d)
    places = dict(_PLACES_AU_NOM_COMMERCIAL if d.nom_commercial else _PLACES)
    bas = HAUTEUR - _BORD + 1.5  # the last line stands on the edge of the code
    for nom, cadre in _AU_BAS.items():
        if any(dits[nom]):
            bloc = poser(nom, dits[nom], cadre)
            bas -= bloc.pas * len(bloc.lignes)
            places[nom] = replace(cadre, gauche=_BORD, haut=bas)
    places["titulaire"] = _place(_BORD, _TRAIT + 2, _TOUT, bas - _TRAIT - 3, SERIF, 16, 12, 10, 2.5)
    blocs = []
    for nom, morceaux in dits.items():
        if nom in places and any(morceaux):
            c = places[nom]
            c = replace(c, gauche=round(gauche + c.gauche, 2), haut=round(haut + c.haut, 2))
            blocs.append((nom, poser(nom, morceaux, c)))
    return _Carte(
        round(gauche, 2),
        round(haut, 2),
        tuple(blocs),
        qr.points(adresse) if adresse else None,
        *couleurs(d),
    )


def _dits(d: DonneesCertificat) -> dict[str, list[str]]:
    debut, fin = jour(d.debut_validite), jour(d.fin_validite)
    site = urlsplit(d.adresse_verification).netloc if d.adresse_verification else ""
    return {
        "entite": [d.entite],
        "commercial": [d.nom_commercial],
        "porteur": [d.entite],
        "titre": [d.certificat_titre],
        "titulaire": [d.nom, d.prenom],
        "naissance": [f"né(e) le {jour(d.date_naissance)}"],
        "validite": [f"Valable du {debut} au {fin}" if fin else f"Valable à compter du {debut}"],
        "numero": [f"{d.certificat_libelle} n°", d.numero],
        "site": [f"À vérifier sur {site}"] if site else [],
    }
