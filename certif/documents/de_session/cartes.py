"""Pocket cards of 85.6 by 54 mm, ten on an A4 sheet, with crop marks in its margins."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from certif.documents.certificat.encres import couleurs
from certif.documents.de_session.recueil import assembler
from certif.documents.de_session.tete import PORTRAIT
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import Bloc, Cadre
from certif.documents.rendu.moteur import GABARITS
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
    verifier,
)
from certif.documents.rendu.toile import Texte, Toile, nombres, rgb
from certif.documents.rendu.voies import au_plus_vite

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
_LARGEUR_DU_TRAIT = round(_TOUT, 2)
_CODE, _COTE = (round(_QR[0], 2), round(_QR[1], 2)), round(COTE_QR, 2)

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


_ENCREES = ("entite", "commercial", "titre", "numero")
_COULEURS = {"titulaire": "#10181b", "site": "#44565c", "porteur": "#44565c"}
"""Of what is neither in the ink of its family nor in that of the page."""


@dataclass(frozen=True, slots=True)
class Carte:
    """A card at its place on the sheet: its texts, the address of its code if it has one, its colours."""

    gauche: float
    haut: float
    blocs: tuple[tuple[str, Bloc], ...]
    adresse: str | None
    encre: str
    filet: str

    @property
    def qr(self) -> str | None:
        """Its code, as the engine takes it."""
        return qr.points(self.adresse) if self.adresse else None


@dataclass(frozen=True, slots=True)
class Cartes:
    """The cards of a session, measured, by sheets."""

    titre: str
    entite: str
    emis_le: date
    feuilles: Sequence[Sequence[Carte]]

    @property
    def attendus(self) -> list[str]:
        """What must be read in the file."""
        return [texte for feuille in self.feuilles for texte in _attendus(feuille)]

    def rendre(self) -> bytes:
        """Raises RenduImpossible."""
        return au_plus_vite(self.tracer, lambda lues: verifier(lues, self.attendus), self.arbitrer)

    def arbitrer(self) -> bytes:
        """The same by the engine, a sheet at a time: what has a place of its own goes on the first page.

        Raises:
            RenduImpossible: something was left out.
        """
        feuilles = [
            imprimer(
                "cartes.html",
                self.emis_le,
                _attendus(feuille),
                titre=self.titre,
                entite=self.entite,
                cartes=feuille,
                trait={"gauche": _BORD, "haut": _TRAIT, "largeur": _LARGEUR_DU_TRAIT},
                code={"gauche": _CODE[0], "haut": _CODE[1], "cote": _COTE},
            )
            for feuille in self.feuilles
        ]
        return feuilles[0] if len(feuilles) == 1 else assembler(feuilles, self.titre, self.entite)

    def tracer(self) -> bytes:
        """The same, drawn. Raises RenduImpossible where a text would not stand as the engine has it stand."""
        toile = Toile(PORTRAIT, self.emis_le, self.titre, self.entite)
        adresses = (carte.adresse for feuille in self.feuilles for carte in feuille)
        matrice = qr.dessinateur(filter(None, adresses))
        for feuille in self.feuilles:
            toile.operateurs(_reperes())
            for carte in feuille:
                _tracer(toile, carte, matrice)
            toile.fin_de_page()
        return toile.octets()


def coin(rang: int) -> tuple[float, float]:
    """Top left corner of the card of this rank (0–9) on its sheet, in points: by rows, left then right."""
    rangee, colonne = divmod(rang, 2)
    return _GAUCHE + colonne * LARGEUR, _HAUT + rangee * HAUTEUR


def rendre_cartes(certificats: Sequence[DonneesCertificat], session_numero: int, emis_le: date) -> bytes:
    """The sheets of the cards of these certificates, in their order; there must be one at least.

    Raises:
        RenduImpossible: a text cannot be printed, or does not read back.
    """
    return mesurer_les_cartes(certificats, session_numero, emis_le).rendre()


def mesurer_les_cartes(
    certificats: Sequence[DonneesCertificat], session_numero: int, emis_le: date
) -> Cartes:
    """Raises RenduImpossible."""
    donnees = en_nfc(tuple(certificats))
    posees: dict[tuple[str, tuple[str, ...], Cadre], Bloc] = {}
    cartes = [_carte(rang % PAR_PAGE, d, posees) for rang, d in enumerate(donnees)]
    feuilles = [cartes[i : i + PAR_PAGE] for i in range(0, len(cartes), PAR_PAGE)]
    return Cartes(f"Cartes de la session n°{session_numero}", donnees[0].entite, emis_le, feuilles)


def _attendus(feuille: Sequence[Carte]) -> list[str]:
    return [texte for carte in feuille for texte in textes(bloc for _, bloc in carte.blocs)]


def _tracer(toile: Toile, carte: Carte, matrice: Callable[[str], list[str]]) -> None:
    """One card on its sheet: its line, its code, its texts."""
    page = PORTRAIT[1]
    toile.operateurs(f"q 1 0 0 1 {nombres(carte.gauche + _BORD, page - carte.haut - _TRAIT - 1.8)} cm")
    toile.traits([(0, 1.8, _LARGEUR_DU_TRAIT, 1.8)], carte.filet, 0.8)
    toile.operateurs("Q")
    if carte.adresse:
        x, y = carte.gauche + _CODE[0], page - carte.haut - _CODE[1] - _COTE
        toile.operateurs(f"q 1 0 0 1 {nombres(x, y - 0.4)} cm")
        toile.image(*qr.pixels(matrice(carte.adresse)), 0, 0.344, _COTE)
        toile.operateurs("Q")
    for nom, bloc in carte.blocs:
        couleur = carte.encre if nom in _ENCREES else _COULEURS.get(nom, "#1d2b30")
        texte = Texte(bloc.lignes, bloc.cadre.police, bloc.corps, bloc.pas, couleur)
        toile.texte(bloc.cadre.gauche, page - bloc.haut - texte.hauteur, texte, bloc.cadre.largeur + 5)


@cache
def _reperes() -> str:
    """What draws the crop marks: those of the picture that the engine is given."""
    svg = (GABARITS / "reperes.svg").read_text("utf-8")
    traits = ""
    for x, y, sens, longueur in re.findall(r"M([\d.]+) ([\d.]+)([vh])(\d+)", svg):
        debut, long = (float(x), float(y)), float(longueur)
        fin = (debut[0], debut[1] + long) if sens == "v" else (debut[0] + long, debut[1])
        traits += f" {nombres(*debut)} m {nombres(*fin)} l"
    echelle, blanc = nombres(PORTRAIT[1] / 297), nombres((PORTRAIT[0] - PORTRAIT[1] / 297 * 210) / 2)
    return (
        f"q 1 0 0 1 0 -.4 cm 1 0 0 1 0 .344 cm {echelle} 0 0 -{echelle} {blanc} {nombres(PORTRAIT[1])} cm "
        f"{rgb('#1d2b30')} RG .1 w n{traits} S Q"
    )


def _carte(rang: int, d: DonneesCertificat, posees: dict[tuple[str, tuple[str, ...], Cadre], Bloc]) -> Carte:
    """`posees` keeps what is measured: cards say much that is the same."""

    def place(nom: str, cadre: Cadre) -> Bloc:
        cle = (nom, dits[nom], cadre)
        if cle not in posees:
            posees[cle] = poser(nom, dits[nom], cadre)
        return posees[cle]

    gauche, haut = coin(rang)
    dits = {nom: morceaux for nom, morceaux in _dits(d).items() if any(morceaux)}
    places = dict(_PLACES_AU_NOM_COMMERCIAL if d.nom_commercial else _PLACES)
    bas = HAUTEUR - _BORD + 1.5  # the last line stands on the edge of the code
    for nom, cadre in _AU_BAS.items():
        if nom in dits:
            bloc = place(nom, cadre)
            bas -= bloc.pas * len(bloc.lignes)
            places[nom] = replace(cadre, gauche=_BORD, haut=bas)
    places["titulaire"] = _place(_BORD, _TRAIT + 2, _TOUT, bas - _TRAIT - 3, SERIF, 16, 12, 10, 2.5)
    blocs = []
    for nom in dits:
        if nom in places:
            bloc = place(nom, places[nom])
            c = bloc.cadre
            la = replace(c, gauche=round(gauche + c.gauche, 2), haut=round(haut + c.haut, 2))
            blocs.append((nom, replace(bloc, cadre=la)))
    return Carte(round(gauche, 2), round(haut, 2), tuple(blocs), d.adresse_verification, *couleurs(d))


def _dits(d: DonneesCertificat) -> dict[str, tuple[str, ...]]:
    debut, fin = jour(d.debut_validite), jour(d.fin_validite)
    site = urlsplit(d.adresse_verification).netloc if d.adresse_verification else ""
    return {
        "entite": (d.entite,),
        "commercial": (d.nom_commercial,),
        "porteur": (d.entite,),
        "titre": (d.certificat_titre,),
        "titulaire": (d.nom, d.prenom),
        "naissance": (f"né(e) le {jour(d.date_naissance)}",),
        "validite": (f"Valable du {debut} au {fin}" if fin else f"Valable à compter du {debut}",),
        "numero": (f"{d.certificat_libelle} n°", d.numero),
        "site": (f"À vérifier sur {site}",) if site else (),
    }
