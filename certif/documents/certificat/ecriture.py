"""How the layout engine draws a text, a logo and a code at their places: the same numbers, to the last digit.

What is written here is not laid out: the text comes measured, the place is known. The tests hold it against
the engine, for every place, size and number of lines.
"""

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import fp_str

from certif.documents.certificat.balises import element
from certif.documents.certificat.encres import couleurs, encre_de
from certif.documents.certificat.places import CADRE_QR, HAUTEUR, Boite
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import Bloc, hauteurs, largeur
from certif.documents.rendu.polices_reduites import Polices

_SOUS_LA_LIGNE = (-0.5, 0.43)
"""Where the engine sets a picture from its place, in points upwards: two moves, which round apart."""


@dataclass(frozen=True, slots=True)
class _Forme:
    """One way for a text to stand: what is written of each of its lines, around where it begins."""

    lignes: tuple[tuple[str, str], ...]
    police: str
    largeur: float | None


class Ecriture:
    """Writes the texts of certificates that stand alike: of one family, with the same faces."""

    def __init__(self, d: DonneesCertificat, polices: Polices) -> None:
        self._encre, _ = couleurs(d)
        self._polices = polices
        self._formes: dict[tuple[str, float, int], _Forme] = {}

    def texte(self, rang: int, nom: str, bloc: Bloc) -> bytes:
        """What draws the text of this rank, marked as such.

        Raises:
            RenduImpossible: the faces lack a character.
        """
        cle = (nom, bloc.corps, len(bloc.lignes))
        forme = self._formes.get(cle) or self._formes.setdefault(cle, self._forme(nom, bloc))
        lignes = []
        for (avant, apres), texte, suivi in zip(forme.lignes, bloc.lignes, bloc.blancs, strict=True):
            x = "0"
            if forme.largeur is not None:
                # Rounded as the engine rounds its own shift: the two must fall on the same pixels.
                x = fp_str((forme.largeur - largeur(texte, forme.police, bloc.corps)) / 2)
            # A space that parts it from the next line is read, and not seen.
            montre = self._polices.montrer(f"{texte} " if suivi else texte, forme.police, bloc.corps)
            lignes.append(f"{avant}{x}{apres}{montre} ET Q")
        return element(rang, "\n".join(lignes).encode("ascii"))

    def _forme(self, nom: str, bloc: Bloc) -> _Forme:
        couleur = fp_str(*HexColor(encre_de(nom, self._encre)).rgb())
        origine, lignes = _de_base(bloc)
        return _Forme(
            tuple((f"q 1 0 0 1 {origine} cm BT 1 0 0 1 ", f" {fp_str(y)} Tm {couleur} rg ") for y in lignes),
            bloc.cadre.police,
            bloc.largeur if bloc.cadre.axe else None,
        )


def _de_base(bloc: Bloc) -> tuple[str, list[float]]:
    """The corner from which a text is drawn, and how far above it each of its lines stands."""
    montee, descente = hauteurs(bloc.cadre.police)
    pas = bloc.pas * 5 / 6 + descente * bloc.corps
    nombre = len(bloc.lignes)
    origine = fp_str(bloc.gauche, HAUTEUR - bloc.haut - nombre * pas)
    return origine, [(nombre - rang) * pas - montee * bloc.corps for rang in range(nombre)]


def dessiner_le_logo(boite: Boite, nom: str) -> bytes:
    """What draws the picture of this name in its box."""
    ici = fp_str(boite.gauche, HAUTEUR - boite.haut - boite.hauteur)
    bas, haut = _SOUS_LA_LIGNE
    place = fp_str(boite.largeur, 0, 0, boite.hauteur, 0, haut)
    return f"q 1 0 0 1 {ici} cm 1 0 0 1 {fp_str(0, bas)} cm {place} cm {nom} Do Q".encode("ascii")


def dessiner_le_code(rangees: list[str]) -> bytes:
    """What draws a QR code in its place, by its rows."""
    return f"{_place_du_code(len(rangees))}n {qr.operateurs(rangees)}\nS Q".encode("ascii")


@cache
def _place_du_code(cote: int) -> str:
    ici = fp_str(CADRE_QR.gauche, HAUTEUR - CADRE_QR.haut - CADRE_QR.hauteur)
    bas, haut = _SOUS_LA_LIGNE
    echelle = CADRE_QR.largeur / cote
    return (
        f"q 1 0 0 1 {ici} cm 1 0 0 1 {fp_str(0, bas)} cm 1 0 0 1 {fp_str(0, haut)} cm "
        f"{fp_str(echelle, 0, 0, echelle, 0, 0)} cm 1 0 0 -1 0 {cote - 0.5} cm 0 0 0 RG 1 w\n"
    )
