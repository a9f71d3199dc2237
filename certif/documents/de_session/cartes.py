"""Pocket cards of 85.6 by 54 mm, ten on an A4 sheet, with crop marks in its margins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from certif.documents.de_session.recueil import assembler
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.mise_en_page import Bloc, Cadre
from certif.documents.rendu.pages import (
    COURANT,
    FORT,
    INTERLIGNE,
    SERIF,
    TITRE,
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
_PLACES = {
    "entite": _place(14, 12, 214, 18, FORT, 8.5, 7.5, 6.5, 4),
    "commercial": _place(14, 8, 214, 12, FORT, 8.5, 7.5, 6.5, 4),
    "porteur": _place(14, 19.5, 214, 10.5, COURANT, 6.5, 5.5, 5, 2.5),
    "titre": _place(14, 30, 214, 30, TITRE, 14, 11, 9, 4.5),
    "titulaire": _place(14, 64, 214, 35, SERIF, 16, 12, 10, 4.5),
    "naissance": _place(14, 99, 214, 12, COURANT, 8, 8, 8, 6),
    "duree": _place(14, 114, 104, 11, COURANT, 6.5, 5, 5, 3.5),
    "validite": _place(14, 125, 104, 12, COURANT, 8, 6, 6, 4),
    "serie": _place(124, 114, 104, 11, COURANT, 6.5, 5, 5, 3),
    "numero": _place(124, 125, 104, 12, FORT, 8, 6, 6, 4),
    "verification": _place(14, 137, 214, 9, COURANT, 6, 4, 4, 3),
}


@dataclass(frozen=True, slots=True)
class _Carte:
    gauche: float
    haut: float
    blocs: tuple[tuple[str, Bloc], ...]


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
    return imprimer("cartes.html", emis_le, attendus, cartes=cartes, **valeurs)


def _carte(rang: int, d: DonneesCertificat) -> _Carte:
    gauche, haut = coin(rang)
    debut, fin = jour(d.debut_validite), jour(d.fin_validite)
    dits = {
        "entite": [] if d.nom_commercial else [d.entite],
        "commercial": [d.nom_commercial],
        "porteur": [d.entite] if d.nom_commercial else [],
        "titre": [d.certificat_titre],
        "titulaire": [d.nom, d.prenom],
        "naissance": [f"né(e) le {jour(d.date_naissance)}"],
        "duree": ["Validité"],
        "validite": [f"Du {debut} au {fin}" if fin else f"À compter du {debut}"],
        "serie": [f"{d.certificat_libelle} n°"],
        "numero": [d.numero],
        "verification": [f"À vérifier sur {d.adresse_verification}"] if d.adresse_verification else [],
    }
    blocs = []
    for nom, morceaux in dits.items():
        place = _PLACES[nom]
        place = replace(place, gauche=round(gauche + place.gauche, 2), haut=round(haut + place.haut, 2))
        if any(morceaux):
            blocs.append((nom, poser(nom, morceaux, place)))
    return _Carte(round(gauche, 2), round(haut, 2), tuple(blocs))
